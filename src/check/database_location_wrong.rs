//! Which engine has instances, clusters and workgroups (RDS, DocumentDB and Redshift user guides).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Engine, Location};

pub static CODE: Code = Code {
    name: "database-location-wrong",
    level: Level::Error,
    summary: "the engine has no such thing as the spec names",
    explanation: "Instances belong to RDS and DocumentDB, clusters to Aurora, RDS Multi-AZ clusters (PostgreSQL and \
        MySQL), DocumentDB and Redshift, workgroups to Redshift Serverless. A custom service, and any database outside \
        of these, is named by `host`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database() else { return vec![] };
    let (engine, title) = (database.engine, database.engine.title());
    database
        .locations()
        .into_iter()
        .filter_map(|location| {
            let (message, help) = match (location, engine) {
                (Location::Host(_), _) => return None,
                (_, Engine::Custom) => {
                    ("a custom service has no identifier at AWS".to_owned(), "write its host name as `host`")
                }
                (Location::Workgroup(_), Engine::Redshift) => return None,
                (Location::Workgroup(_), _) => (
                    format!("{title} has no workgroups: only Redshift Serverless does"),
                    "write `instance`, `cluster` or `host`",
                ),
                (Location::Instance(_), Engine::Redshift) => {
                    ("Redshift has no instances".to_owned(), "write `cluster`, `workgroup` or `host`")
                }
                (Location::Cluster(_), Engine::Mariadb | Engine::Sqlserver | Engine::Oracle | Engine::Db2) => {
                    (format!("RDS has no {title} clusters"), "write `instance` or `host`")
                }
                (Location::Instance(_) | Location::Cluster(_), _) => return None,
            };
            let route = Route::to("database").key(location.key());
            Some(
                Diagnostic::at_key(&CODE, route, message)
                    .also(At::Value(Route::to("database.engine")), "the engine")
                    .help(help),
            )
        })
        .collect()
}
