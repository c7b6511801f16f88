//! Runtimes that end within a year (Lambda developer guide, "Lambda runtimes").

use super::Subject;
use super::runtimes::{Runtime, month};
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "runtime-ends-soon",
    level: Level::Warning,
    summary: "Lambda will soon stop maintaining the runtime",
    explanation: "The runtime gets security updates for less than another year. Moving now, while nothing is broken, costs \
        one line; a newer runtime of the same language usually runs the same code.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let runtime = subject.runtime().and_then(Runtime::named);
    let Some(runtime) = runtime.filter(|runtime| runtime.ends_soon()) else { return vec![] };
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("function.runtime"),
            format!("`{}` gets no more security updates after {}", runtime.name, month(runtime.ends)),
        )
        .help(format!("write `{}`", runtime.successor().name)),
    ]
}
