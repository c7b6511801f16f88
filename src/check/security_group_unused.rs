//! Outside a VPC a function has no security group, so none can be opened to it.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "security-group-unused",
    level: Level::Warning,
    summary: "a security group is named, and the function is outside any VPC",
    explanation: "A security group can be opened to a function only if the function has a group itself, which it has \
        only in a VPC. With `placement: public` the function comes from addresses of AWS that change, so the \
        database must be open to the internet, and nothing is done with the group.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match (subject.database(), &subject.spec.placement) {
        (Some(database), Some(placement)) if database.security_group.is_some() && placement.vpc().is_none() => vec![
            Diagnostic::at_key(
                &CODE,
                Route::to("database.security_group"),
                "the group cannot be opened to a function that is outside the VPC",
            )
            .also(At::Value(Route::to("placement")), "outside any VPC")
            .help("remove it, or place the function in the VPC"),
        ],
        _ => vec![],
    }
}
