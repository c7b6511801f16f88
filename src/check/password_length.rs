//! How long a password may be. Sources: Redshift database developer guide, "CREATE USER" (8 to 64); Oracle database
//! security guide, "Password complexity" (30 bytes); RDS API reference, `CreateDBInstance` for RDS for Oracle (8 to 30).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "password-length",
    level: Level::Error,
    summary: "the engine does not take passwords of this length",
    explanation: "Redshift takes passwords of 8 to 64 characters, Oracle of at most 30. A longer one is refused when the \
        function sets it, so no rotation would ever succeed.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(length), Some(database)) = (subject.spec.secret.password.length, subject.database()) else {
        return vec![];
    };
    let most = match database.engine {
        Engine::Redshift => 64,
        Engine::Oracle => 30,
        _ => return vec![],
    };
    if length <= most {
        return vec![];
    }
    let title = database.engine.title();
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("secret.password.length"),
            format!("passwords are {length} characters long, and {title} takes {most}"),
        )
        .also(At::Value(Route::to("database.engine")), "the engine")
        .help(format!("write at most {most}")),
    ]
}
