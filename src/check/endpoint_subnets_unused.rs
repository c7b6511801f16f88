//! An endpoint that exists stands where it stands.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Way;

pub static CODE: Code = Code {
    name: "endpoint-subnets-unused",
    level: Level::Warning,
    summary: "subnets for an endpoint that exists",
    explanation: "`subnets` says where a created endpoint stands. One that exists is not moved, so the list has no effect. \
        The function reaches it from any subnet of the VPC.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.vpc().map(|vpc| vpc.egress.way()) {
        Some(Way::Endpoint(endpoint)) if endpoint.existing.is_some() && !endpoint.subnets.is_empty() => vec![
            Diagnostic::at_key(
                &CODE,
                Route::to("placement.egress.vpc-endpoint.subnets"),
                "the endpoint exists, and is not moved to these subnets",
            )
            .also(At::Key(Route::to("placement.egress.vpc-endpoint.existing")), "exists")
            .help("remove `subnets`, or `existing` to have an endpoint created"),
        ],
        _ => vec![],
    }
}
