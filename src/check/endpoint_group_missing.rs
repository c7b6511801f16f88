//! An endpoint answers whom its security group lets in (Secrets Manager user guide, "Troubleshoot rotation").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Way;

pub static CODE: Code = Code {
    name: "endpoint-group-missing",
    level: Level::Warning,
    summary: "the output cannot open the existing endpoint to the function",
    explanation: "An endpoint answers only those whom its security group lets in on port 443. With the group's identifier \
        the output adds that rule for the function. Without it, somebody must have done so: if not, the function times \
        out with no other sign.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.vpc().map(|vpc| vpc.egress.way()) {
        Some(Way::Endpoint(endpoint)) if endpoint.existing.is_some() && endpoint.security_group.is_none() => vec![
            Diagnostic::at(
                &CODE,
                Route::to("placement.egress.vpc-endpoint.existing"),
                "the endpoint must let the function in on port 443, and its security group is not named",
            )
            .help("add `security_group:`, or make sure that its group lets in the whole VPC on 443"),
        ],
        _ => vec![],
    }
}
