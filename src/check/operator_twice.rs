//! One attachment is enough (IAM API reference, `AttachRolePolicy`).

use super::Subject;
use super::values;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "operator-twice",
    level: Level::Error,
    summary: "an operator stands twice in one list",
    explanation: "The policy would be attached to the same role or user twice, which the targets refuse or undo. The second \
        entry was probably meant to be another one.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let operators = &subject.spec.operators;
    let mut found = Vec::new();
    for (route, list) in [("operators.configure", &operators.configure), ("operators.trigger", &operators.trigger)] {
        let route = Route::to(route);
        for (index, value) in list.iter().enumerate() {
            if let Some(first) = list.iter().take(index).position(|other| values::same(other, value)) {
                found.push(
                    Diagnostic::at(&CODE, route.index(index), format!("this stands in `{route}` already"))
                        .also(At::Value(route.index(first)), "first here")
                        .help("remove it, or name the one that was meant"),
                );
            }
        }
    }
    found
}
