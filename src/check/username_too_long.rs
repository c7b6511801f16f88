//! How long a login's name may be. Sources: PostgreSQL documentation, "Identifiers" (63 bytes); MySQL reference manual,
//! "User names and passwords" (32 characters); MariaDB documentation, "Identifier names" (80); SQL Server
//! documentation, "CREATE LOGIN" (128); Oracle database SQL reference, "Database object naming rules" (128 bytes since
//! 12.2, 30 before); Redshift database developer guide, "Names and identifiers" (127 bytes); DocumentDB developer guide,
//! "Quotas and limits" (63); and for AWS's own functions their source, `get_alt_username`.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "username-too-long",
    level: Level::Error,
    summary: "the login's name is longer than the engine takes",
    explanation: "With alternating users the second login is the first with `_clone` behind it, so the name must leave \
        room for these six characters. PostgreSQL would cut the name and two logins could become one; other engines \
        refuse it at the first rotation. AWS's own functions allow less than the engines for MySQL, Db2 (16) and \
        Oracle (30).",
};

const SUFFIX: usize = "_clone".len();

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(username), Some(database)) = (&subject.spec.secret.username, subject.database()) else { return vec![] };
    let strategy = &subject.spec.strategy;
    let alternating = strategy.is_alternating();
    let vended = alternating && subject.spec.function.is_aws_hosted();
    let Some(limit) = limit(database.engine, vended) else { return vec![] };
    let length = match database.engine {
        Engine::Postgres | Engine::Redshift | Engine::Oracle => username.len(),
        _ => username.chars().count(),
    };
    let room = if alternating { limit - SUFFIX } else { limit };
    if length <= room {
        return vec![];
    }
    let title = database.engine.title();
    let taker = if vended { format!("AWS's function for {title}") } else { title.to_owned() };
    let message = if alternating {
        format!("`{username}` with `_clone` is {} characters long, and {taker} takes {limit}", length + SUFFIX)
    } else {
        format!("`{username}` is {length} characters long, and {taker} takes {limit}")
    };
    let found = Diagnostic::at(&CODE, Route::to("secret.username"), message)
        .help(format!("use a login with a name of at most {room} characters"));
    vec![if alternating { found.also(At::Key(Route::to("strategy")), "needs a second login") } else { found }]
}

fn limit(engine: Engine, vended: bool) -> Option<usize> {
    match engine {
        Engine::Postgres | Engine::Documentdb => Some(63),
        Engine::Mysql | Engine::Db2 if vended => Some(16),
        Engine::Mysql => Some(32),
        Engine::Mariadb => Some(80),
        Engine::Sqlserver | Engine::Db2 => Some(128),
        Engine::Oracle if vended => Some(30),
        Engine::Oracle => Some(128),
        Engine::Redshift => Some(127),
        Engine::Custom => None,
    }
}
