//! A NAT gateway is zonal or regional (VPC user guide, "NAT gateways", "Regional NAT gateways").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Way;

pub static CODE: Code = Code {
    name: "nat-gateway-kind",
    level: Level::Error,
    summary: "the spec does not say which kind of NAT gateway is meant",
    explanation: "With `public_subnets` one gateway is made in each of these subnets. With `regional: true` one gateway \
        serves all zones and stands in no subnet at all. Exactly one of the two says which is meant; `existing` relies \
        on a gateway that is there.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(Way::NatGateway(created)) = subject.vpc().map(|vpc| vpc.egress.way()) else { return vec![] };
    let route = Route::to("placement.egress.nat-gateway");
    match (created.regional, created.public_subnets.is_empty()) {
        (true, false) => vec![
            Diagnostic::at_key(&CODE, route.key("public_subnets"), "a regional NAT gateway stands in no subnet")
                .also(At::Value(route.key("regional")), "regional")
                .help("remove `public_subnets`, or `regional`"),
        ],
        (false, true) => vec![
            Diagnostic::at_key(&CODE, route, "there is no subnet in which the NAT gateway could stand")
                .help("add `public_subnets:`, or `regional: true`, or write `nat-gateway: existing`"),
        ],
        (true, true) | (false, false) => vec![],
    }
}
