//! A database is named in one way.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "database-location",
    level: Level::Error,
    summary: "the spec does not say in exactly one way where the database is",
    explanation: "The function connects to one host. It is named by an RDS or DocumentDB instance, by an Aurora, \
        DocumentDB or Redshift cluster, by a Redshift Serverless workgroup, or as a host name. For an Aurora cluster \
        name the cluster: its writer is where passwords are changed.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database() else { return vec![] };
    let keys: Vec<&str> = database.locations().iter().map(|location| location.key()).collect();
    let route = Route::to("database");
    match keys.as_slice() {
        [_] => vec![],
        [] => vec![
            Diagnostic::at_key(&CODE, route, "`database` does not say where the database is")
                .help("add `instance:`, `cluster:`, `workgroup:` or `host:`"),
        ],
        [first, others @ ..] => others
            .iter()
            .map(|other| {
                Diagnostic::at_key(&CODE, route.key(*other), format!("`database` has both `{first}` and `{other}`"))
                    .also(At::Key(route.key(*first)), "names the database already")
                    .help("keep the one that leads to the writer")
            })
            .collect(),
    }
}
