//! The function opens the database's security group to itself (VPC user guide, "Security group rules").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "security-group-missing",
    level: Level::Error,
    summary: "inside a VPC the database's security group must be known",
    explanation: "The function runs in a VPC and reaches the database only if the database's security group lets it in. \
        The output adds exactly this rule, and a matching way out for the function, so it must know the group. \
        `aws rds describe-db-instances` lists it under `VpcSecurityGroups`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match (subject.database(), subject.vpc()) {
        (Some(database), Some(_)) if database.security_group.is_none() => vec![
            Diagnostic::at_key(
                &CODE,
                Route::to("database.security_group"),
                "the function could not reach the database: its security group is not named",
            )
            .also(At::Key(Route::to("placement")), "puts the function in a VPC")
            .help("add `security_group:` with the database's security group"),
        ],
        _ => vec![],
    }
}
