//! How many layers a function can have (Lambda developer guide, "Managing Lambda dependencies with layers").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "layers-too-many",
    level: Level::Error,
    summary: "a function has five layers at most",
    explanation: "Lambda refuses a function with more than five layers. Put what belongs together into one layer, or into \
        the function's code.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.spec.function.layers.len() {
        0..=5 => vec![],
        count => vec![
            Diagnostic::at_key(&CODE, Route::to("function.layers"), format!("there are {count} layers, and Lambda takes 5"))
                .help("list five at most"),
        ],
    }
}
