//! A function that exists has its own security groups.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "function-group-unattached",
    level: Level::Warning,
    summary: "the security group that is made is not attached to the existing function",
    explanation: "The output opens the database to a security group for the function. A function that exists is not changed, \
        so the group that is made has to be attached to it by hand, as a step in the bundle's README says. With \
        `placement.security_group` the group that the function already has is opened instead.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let exists = subject.spec.function.existing_arn().is_some();
    match subject.vpc() {
        Some(vpc) if exists && vpc.security_group.is_none() => vec![
            Diagnostic::at_key(
                &CODE,
                Route::to("function.source.arn"),
                "the function exists, and the security group that is made must be attached to it by hand",
            )
            .also(At::Key(Route::to("placement")), "in a VPC")
            .help("add `placement.security_group` with the group that the function has"),
        ],
        _ => vec![],
    }
}
