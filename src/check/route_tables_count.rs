//! A NAT gateway without a route gets no traffic (VPC user guide, "NAT gateway use cases").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Way;

pub static CODE: Code = Code {
    name: "route-tables-count",
    level: Level::Error,
    summary: "the route tables do not match the NAT gateways",
    explanation: "Each route table gets a default route to one gateway: with several gateways, to the one at the same \
        place in the list, so that traffic stays in its zone. A single or regional gateway serves all the tables. \
        Without a table the gateway would cost money and carry nothing.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(Way::NatGateway(created)) = subject.vpc().map(|vpc| vpc.egress.way()) else { return vec![] };
    let gateways = if created.regional { 1 } else { created.public_subnets.len() };
    let tables = created.route_tables.len();
    let route = Route::to("placement.egress.nat-gateway");
    let subnets = At::Key(route.key(if created.regional { "regional" } else { "public_subnets" }));
    match (gateways, tables) {
        // Another rule's: nothing says what is made.
        (0, _) => vec![],
        (_, 0) => vec![
            Diagnostic::at_key(&CODE, route.key("route_tables"), "no route table would lead to the NAT gateway")
                .help("add `route_tables:` with those of the function's subnets"),
        ],
        (1, _) => vec![],
        (gateways, tables) if gateways == tables => vec![],
        (gateways, tables) => vec![
            Diagnostic::at_key(
                &CODE,
                route.key("route_tables"),
                format!("there are {gateways} NAT gateways, and route tables for {tables}"),
            )
            .also(subnets, "one gateway in each")
            .help("list one table for each public subnet, in the same order"),
        ],
    }
}
