//! AWS's function for DocumentDB does not ask any service for a host (its source, `MongoDB` multi user).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "hosted-documentdb-superuser",
    level: Level::Error,
    summary: "AWS's function for DocumentDB fails with a superuser's secret that a service manages",
    explanation: "A secret that a service manages holds no host. AWS's functions for RDS engines then ask RDS for it, and \
        the one for DocumentDB does not: it fails for want of a host. Keep the superuser's login in a secret of your \
        own that has `host`, or use another function.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let is_documentdb = subject.database().is_some_and(|database| database.engine == Engine::Documentdb);
    let managed = spec.strategy.superuser().is_some_and(|superuser| superuser.rds_managed);
    if !is_documentdb || !managed || !spec.function.is_aws_hosted() {
        return vec![];
    }
    let route = Route::to("strategy").key(spec.strategy.word()).key("rds_managed");
    vec![
        Diagnostic::at_key(&CODE, route, "AWS's function for DocumentDB needs a superuser's secret with a host in it")
            .also(At::Value(Route::to("function.source")), "uses AWS's own function")
            .help("name a secret of your own that holds `host`, or use another `function.source`"),
    ]
}
