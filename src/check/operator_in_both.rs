//! Who may set up, and who may only start (IAM user guide, "Grant least privilege").

use super::Subject;
use super::values;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "operator-in-both",
    level: Level::Warning,
    summary: "an operator may both set up and start the rotation",
    explanation: "The two lists keep apart those who may change the rotation from those who may only start it. Whoever may \
        change it may start it as well, so the second entry adds nothing but a policy.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let operators = &subject.spec.operators;
    let configure = Route::to("operators.configure");
    let trigger = Route::to("operators.trigger");
    let mut found = Vec::new();
    for (index, value) in operators.trigger.iter().enumerate() {
        if let Some(other) = operators.configure.iter().position(|other| values::same(other, value)) {
            found.push(
                Diagnostic::at(&CODE, trigger.index(index), "this operator may set up the rotation, so it may start it too")
                    .also(At::Value(configure.index(other)), "may set up")
                    .help("keep it in one of the two lists"),
            );
        }
    }
    found
}
