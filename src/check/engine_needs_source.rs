//! Engines that the bundled function does not speak, and will not.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "engine-needs-source",
    level: Level::Error,
    summary: "there is no bundled function for this engine",
    explanation: "The bundled function speaks to databases with a driver in pure Python. Db2 has none, and a custom \
        service is known to you alone. Everything around the function is still made: say with `function.source` where \
        its code comes from.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database().filter(|_| subject.spec.function.is_bundled()) else { return vec![] };
    let (message, help) = match database.engine {
        Engine::Custom => (
            "a custom service needs code of your own",
            "add `function: { source: { directory: ./my-rotation } }`; `s3`, `image` and `arn` work as well",
        ),
        Engine::Db2 => (
            "the bundled function does not speak Db2",
            "add `function: { source: aws-hosted }`, or code of your own: `source: { directory: ./my-rotation }`",
        ),
        _ => return vec![],
    };
    vec![Diagnostic::new(&CODE, At::Value(Route::to("database.engine")), message).help(help)]
}
