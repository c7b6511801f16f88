//! A Db2 login cannot change its own password (Secrets Manager user guide, "JSON structure of Secrets Manager secrets":
//! `masterarn` is required for Db2).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "db2-superuser-missing",
    level: Level::Error,
    summary: "AWS's function for Db2 needs a superuser's secret",
    explanation: "In RDS for Db2 a login cannot change its own password: the master user does it by a stored procedure. \
        AWS's function therefore reads a superuser's secret even for a single user, and fails without one.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let is_db2 = subject.database().is_some_and(|database| database.engine == Engine::Db2);
    if !is_db2 || !spec.function.is_aws_hosted() || spec.strategy.superuser().is_some() {
        return vec![];
    }
    vec![
        Diagnostic::at(&CODE, Route::to("strategy"), "AWS's function for Db2 needs a superuser, even for a single user")
            .also(At::Value(Route::to("function.source")), "uses AWS's own function")
            .help("write `strategy: { single-user: { superuser_secret: ARN } }`"),
    ]
}
