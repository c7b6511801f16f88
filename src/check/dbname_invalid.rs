//! How long the name of a database may be. Sources: PostgreSQL documentation, "Identifiers" (63 bytes); MySQL reference
//! manual, "Identifier length limits" (64 characters, MariaDB alike); SQL Server documentation, "Database identifiers"
//! (128); Redshift database developer guide, "Names and identifiers" (127 bytes); MongoDB manual, "Limits and
//! thresholds" (less than 64 bytes).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "dbname-invalid",
    level: Level::Error,
    summary: "the engine has no database of such a name",
    explanation: "The function connects to this database. An empty name, or one longer than the engine's names can be, \
        names none, and the connection would fail.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database() else { return vec![] };
    let Some(dbname) = &database.dbname else { return vec![] };
    let route = Route::to("database.dbname");
    if dbname.trim().is_empty() {
        return vec![
            Diagnostic::at(&CODE, route, "`dbname` is empty").help("write the database's name, or remove the key"),
        ];
    }
    let most = match database.engine {
        Engine::Postgres | Engine::Documentdb => 63,
        Engine::Mysql | Engine::Mariadb => 64,
        Engine::Redshift => 127,
        Engine::Sqlserver => 128,
        Engine::Oracle | Engine::Db2 | Engine::Custom => return vec![],
    };
    let length = match database.engine {
        Engine::Mysql | Engine::Mariadb | Engine::Sqlserver => dbname.chars().count(),
        _ => dbname.len(),
    };
    if length <= most {
        return vec![];
    }
    let title = database.engine.title();
    vec![
        Diagnostic::at(&CODE, route, format!("`dbname` is {length} characters long, and {title} takes {most}"))
            .help("write the database's name alone"),
    ]
}
