//! What the bundled function is tested with.

use super::Subject;
use super::runtimes::Runtime;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "runtime-not-bundled",
    level: Level::Error,
    summary: "the bundled function does not run on this runtime",
    explanation: "The bundled function is Python of version 3.12 and later, and its drivers are pinned for \
        these. `python3.13` is the default. Another runtime needs code of your own, named by `function.source`.",
};

const RUNS_ON: &[&str] = &["python3.12", "python3.13", "python3.14"];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(name) = subject.runtime().filter(|_| subject.spec.function.is_bundled()) else { return vec![] };
    // Unknown and ended ones are other rules'.
    let other = match Runtime::named(name) {
        Some(runtime) => runtime.has_ended(),
        None => !super::runtimes::is_newer(name),
    };
    if other || RUNS_ON.contains(&name) {
        return vec![];
    }
    vec![
        Diagnostic::at(&CODE, Route::to("function.runtime"), format!("the bundled function does not run on `{name}`"))
            .help("write `python3.13`, or name code of your own with `source`"),
    ]
}
