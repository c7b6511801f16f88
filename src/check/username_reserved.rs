//! Login names that the engine or RDS keeps for itself. Sources: PostgreSQL documentation, "CREATE ROLE"; RDS user
//! guide, "Master user account privileges".

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "username-reserved",
    level: Level::Error,
    summary: "the login's name is kept for the engine or for RDS",
    explanation: "`rdsadmin` and its kin belong to RDS, which changes their passwords itself. PostgreSQL keeps all names \
        that start with `pg_`, and `public` and `none`, for itself. None of them can be the login of an application.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(username), Some(database)) = (&subject.spec.secret.username, subject.database()) else { return vec![] };
    let name = username.to_lowercase();
    let of_rds = !matches!(database.engine, Engine::Custom) && ["rdsadmin", "rdsrepladmin"].contains(&name.as_str());
    let of_postgres = database.engine == Engine::Postgres
        && (username.starts_with("pg_") || ["public", "none"].contains(&username.as_str()));
    let owner = if of_rds {
        "RDS"
    } else if of_postgres {
        "PostgreSQL"
    } else {
        return vec![];
    };
    vec![
        Diagnostic::at(&CODE, Route::to("secret.username"), format!("`{username}` is kept for {owner} itself"))
            .help("name the login that your application uses"),
    ]
}
