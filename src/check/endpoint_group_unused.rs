//! A created endpoint has a created security group.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Way;

pub static CODE: Code = Code {
    name: "endpoint-group-unused",
    level: Level::Error,
    summary: "a security group for an endpoint that is created",
    explanation: "`security_group` is the group of an endpoint that exists, which is then opened to the function. An \
        endpoint that is created gets a group of its own that lets the function in and nobody else, so this one would \
        have no effect.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.vpc().map(|vpc| vpc.egress.way()) {
        Some(Way::Endpoint(endpoint)) if endpoint.existing.is_none() && endpoint.security_group.is_some() => vec![
            Diagnostic::at_key(
                &CODE,
                Route::to("placement.egress.vpc-endpoint.security_group"),
                "the endpoint is created, and gets a security group of its own",
            )
            .help("remove it, or add `existing:` with the endpoint that it belongs to"),
        ],
        _ => vec![],
    }
}
