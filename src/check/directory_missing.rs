//! Code of the user's that is not there yet.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "directory-missing",
    level: Level::Warning,
    summary: "the folder with the function's code is not there",
    explanation: "`function.source.directory` is a path relative to the spec. The infrastructure can be made without the \
        folder, but the function then has no code to run. Write it, or correct the path.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.spec.function.directory() {
        Some(directory) if subject.shipped.directory_missing => vec![
            Diagnostic::at(
                &CODE,
                Route::to("function.source.directory"),
                format!("there is no folder `{directory}` beside this file"),
            )
            .help("write the function's code there, or correct the path"),
        ],
        _ => vec![],
    }
}
