//! AWS hosts functions for its database engines alone (CloudFormation reference, `HostedRotationLambda`, RotationType).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "hosted-custom",
    level: Level::Error,
    summary: "AWS has no function for a custom service",
    explanation: "AWS's own functions exist for PostgreSQL, MySQL, MariaDB, SQL Server, Oracle, Db2, DocumentDB and \
        Redshift. For anything else the part that talks to the service is yours.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let is_custom = subject.database().is_some_and(|database| database.engine == Engine::Custom);
    if !is_custom || !subject.spec.function.is_aws_hosted() {
        return vec![];
    }
    vec![
        Diagnostic::at(&CODE, Route::to("function.source"), "AWS has no function for a custom service")
            .also(At::Value(Route::to("database.engine")), "the engine")
            .help("write `source: { directory: ./my-rotation }` with code of your own"),
    ]
}
