//! Secrets that RDS manages are named `rds!…` (RDS user guide, "Password management with Amazon RDS and AWS Secrets
//! Manager").

use super::Subject;
use super::home;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "superuser-not-rds-managed",
    level: Level::Warning,
    summary: "the superuser's secret does not look like one that RDS manages",
    explanation: "With `rds_managed: true` the function may be given rights on the API of RDS, and a way to it, because a \
        secret that RDS manages holds no host. The name of such a secret starts with `rds!`. For any other secret the \
        rights are not needed.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if !spec.strategy.superuser().is_some_and(|superuser| superuser.rds_managed) {
        return vec![];
    }
    let strategy = Route::to("strategy").key(spec.strategy.word());
    let route = strategy.key("superuser_secret");
    home::arns(spec)
        .iter()
        .filter(|told| told.route == route && !told.arn.resource.contains('!'))
        .map(|_| {
            Diagnostic::at(&CODE, strategy.key("rds_managed"), "the superuser's secret does not look like one that RDS manages")
                .also(At::Value(route.clone()), "the secret")
                .help("remove `rds_managed`, or name the secret that RDS manages, `rds!...`")
        })
        .collect()
}
