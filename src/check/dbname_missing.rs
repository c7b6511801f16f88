//! Oracle's connections name a service (Secrets Manager user guide, "JSON structure of Secrets Manager secrets").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "dbname-missing",
    level: Level::Error,
    summary: "the engine needs the name of a database",
    explanation: "Oracle has no default database: a connection names a service, and the rotation function takes it from \
        `dbname`. For RDS it is the DB name that the console shows, `ORCL` unless you chose another.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.database() {
        Some(database) if database.engine == Engine::Oracle && database.dbname.is_none() => vec![
            Diagnostic::at_key(&CODE, Route::to("database.dbname"), "Oracle needs `dbname`, and there is none")
                .help("add `dbname:` with the service's name, such as `ORCL`"),
        ],
        _ => vec![],
    }
}
