//! How many subnets a function can have (Lambda API reference, `VpcConfig`).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "subnets-count",
    level: Level::Error,
    summary: "the function has no subnet, or more than 16",
    explanation: "Lambda places the function's network interfaces in the subnets that it is given: at least one, at most \
        16. Two in different zones are enough.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(vpc) = subject.vpc() else { return vec![] };
    let route = Route::to("placement.subnets");
    match vpc.subnets.len() {
        0 => vec![
            Diagnostic::at_key(&CODE, route, "the function has no subnet to run in")
                .help("list private subnets that reach the database, in two zones"),
        ],
        1..=16 => vec![],
        count => vec![
            Diagnostic::at_key(&CODE, route, format!("there are {count} subnets, and Lambda takes 16"))
                .help("list one or two for each zone"),
        ],
    }
}
