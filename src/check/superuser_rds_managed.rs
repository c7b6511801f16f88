//! A secret that RDS manages holds a user name and a password alone (RDS user guide, "Password management with Amazon
//! RDS and AWS Secrets Manager"), so AWS's functions ask RDS for the host.

use super::Subject;
use super::home;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "superuser-rds-managed",
    level: Level::Error,
    summary: "RDS manages the superuser's secret, and the spec does not say so",
    explanation: "A secret that RDS manages (`rds!...`) holds no host. AWS's own function then asks RDS for it, which \
        takes the rights `rds:DescribeDBInstances` and `rds:DescribeDBClusters` and a way to the API of RDS. The output \
        provides both with `rds_managed: true`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let Some(superuser) = spec.strategy.superuser() else { return vec![] };
    // Any other function gets the host from the spec or from the rotated secret.
    if superuser.rds_managed || !spec.function.is_aws_hosted() {
        return vec![];
    }
    let strategy = Route::to("strategy").key(spec.strategy.word());
    let route = strategy.key("superuser_secret");
    home::arns(spec)
        .iter()
        .filter(|told| told.route == route && told.arn.resource.starts_with("secret:rds!"))
        .map(|_| {
            Diagnostic::at(&CODE, route.clone(), "RDS manages this secret, and AWS's own function has to be told")
                .help("add `rds_managed: true` below it")
        })
        .collect()
}
