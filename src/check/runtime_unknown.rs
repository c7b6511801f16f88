//! Names of Lambda's runtimes (Lambda developer guide, "Lambda runtimes").

use super::Subject;
use super::runtimes::{self, Runtime};
use crate::diagnostic::{Code, Diagnostic, Level, Route, nearest};

pub static CODE: Code = Code {
    name: "runtime-unknown",
    level: Level::Error,
    summary: "Lambda has no such runtime",
    explanation: "The runtime is one of Lambda's own names, such as `python3.13` or `nodejs24.x`. Lambda refuses a function \
        with another. Code in a language without a runtime uses `provided.al2023`, or an image.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(name) = subject.runtime() else { return vec![] };
    if Runtime::named(name).is_some() || runtimes::is_newer(name) {
        return vec![];
    }
    let known = runtimes::ALL.iter().filter(|runtime| !runtime.has_ended()).map(|runtime| runtime.name);
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write one of Lambda's names, such as `python3.13`".to_owned(),
    };
    vec![Diagnostic::at(&CODE, Route::to("function.runtime"), format!("Lambda has no runtime `{name}`")).help(help)]
}
