//! Runtimes without security updates (Lambda developer guide, "Runtime deprecation policy").

use super::Subject;
use super::runtimes::{Runtime, month};
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "runtime-ended",
    level: Level::Error,
    summary: "Lambda no longer maintains the runtime",
    explanation: "Lambda stops patching a runtime when its language's own support ends, and some time later refuses to \
        create or update functions with it. A function that holds database passwords must not run on it. Take the \
        newest runtime of the language.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let runtime = subject.runtime().and_then(Runtime::named);
    let Some(runtime) = runtime.filter(|runtime| runtime.has_ended()) else { return vec![] };
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("function.runtime"),
            format!("`{}` has had no security updates since {}", runtime.name, month(runtime.ends)),
        )
        .help(format!("write `{}`", runtime.successor().name)),
    ]
}
