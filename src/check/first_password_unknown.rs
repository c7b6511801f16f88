//! A created secret holds a password that the database has not been told.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "first-password-unknown",
    level: Level::Warning,
    summary: "the database does not know the created secret's first password",
    explanation: "AWS makes the first password of a created secret, and nobody tells the database. Where the login \
        changes its own password, the first rotation cannot log in and fails. Give the login this password once, right \
        after the deployment; the bundle's README has the exact statement as a step. With a superuser's secret the \
        first rotation does it by itself, and an adopted secret (`secret.arn`) has no such gap.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let (Some(username), Some(database)) = (&spec.secret.username, subject.database()) else { return vec![] };
    let plain = spec.strategy.superuser().is_none();
    // AWS's functions for two users log in with the current password before they ask the superuser.
    let hosted = spec.function.is_aws_hosted() && spec.strategy.is_alternating();
    if !(plain || hosted) || spec.secret.arn.is_some() || database.engine == Engine::Custom {
        return vec![];
    }
    let statement = match database.engine {
        Engine::Postgres | Engine::Redshift => "ALTER USER ... PASSWORD '...'",
        Engine::Mysql | Engine::Mariadb => "ALTER USER ... IDENTIFIED BY '...'",
        Engine::Oracle => "ALTER USER ... IDENTIFIED BY \"...\"",
        Engine::Sqlserver => "ALTER LOGIN ... WITH PASSWORD = '...'",
        Engine::Documentdb => "db.updateUser(..., { pwd: '...' })",
        Engine::Db2 => "CALL rdsadmin.change_password(...)",
        Engine::Custom => return vec![],
    };
    let help = if plain && !spec.function.is_aws_hosted() {
        format!("run `{statement}` once with the secret's password (see the bundle's README), or name a `superuser_secret`")
    } else {
        format!("run `{statement}` once with the secret's password (see the bundle's README)")
    };
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("secret.username"),
            format!("the database does not know the password that AWS makes for `{username}`, so the first rotation would fail"),
        )
        .help(help),
    ]
}
