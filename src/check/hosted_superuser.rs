//! AWS's own single-user functions take no superuser, but for Db2 (their source).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "hosted-superuser",
    level: Level::Error,
    summary: "AWS's own single-user function cannot use a superuser",
    explanation: "AWS's functions for one user let the login change its own password; none of them, but the one for Db2, \
        looks at a superuser. For a superuser that sets the password use the bundled function, or alternating users.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let Some(database) = subject.database() else { return vec![] };
    let single_with_superuser = spec.strategy.superuser().is_some() && !spec.strategy.is_alternating();
    if !single_with_superuser || !spec.function.is_aws_hosted() || database.engine == Engine::Db2 {
        return vec![];
    }
    vec![
        Diagnostic::at_key(
            &CODE,
            Route::to("strategy.single-user.superuser_secret"),
            format!("AWS's function for one user of {} does not use a superuser", database.engine.title()),
        )
        .also(At::Value(Route::to("function.source")), "uses AWS's own function")
        .help("write `strategy: single-user`, or `alternating-users`, or remove `source: aws-hosted`"),
    ]
}
