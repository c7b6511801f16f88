//! A runtime that is newer than the table of runtimes.

use super::Subject;
use super::runtimes::{self, AS_OF, month};
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "runtime-newer",
    level: Level::Warning,
    summary: "the runtime is newer than this program knows",
    explanation: "The name looks like that of a newer runtime than those that Lambda had when this program was made. If \
        Lambda has it in your Region by now, all is well; otherwise the deployment fails.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    // For the bundled function another rule knows the names.
    let Some(name) = subject.runtime().filter(|_| !subject.spec.function.is_bundled()) else { return vec![] };
    if !runtimes::is_newer(name) {
        return vec![];
    }
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("function.runtime"),
            format!("`{name}` is newer than the runtimes of {}, when this was last looked up", month(AS_OF)),
        )
        .help("make sure that Lambda has it in your Region"),
    ]
}
