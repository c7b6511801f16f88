//! A function rotates the password of a database.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "database-missing",
    level: Level::Error,
    summary: "the spec does not say which database the secret is for",
    explanation: "The rotation function logs in to the database to change the password, so the spec must name its \
        engine and its place. Only with `strategy: managed`, where AWS rotates by itself, there is nothing to name.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if spec.strategy.is_managed() || spec.database.is_some() {
        return vec![];
    }
    vec![
        Diagnostic::new(&CODE, At::Key(Route::to("strategy")), "there is no `database` whose password could rotate")
            .help("add `database:` with its `engine` and its `instance`, `cluster`, `workgroup` or `host`"),
    ]
}
