//! Lists in which nothing may stand twice (API references of Lambda and EC2).

use super::{Subject, values};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Value, Way};

pub static CODE: Code = Code {
    name: "listed-twice",
    level: Level::Error,
    summary: "a list names the same thing twice",
    explanation: "AWS refuses a list of subnets or layers in which one stands twice, and a route table takes one route to \
        a destination. The second entry was probably meant to be another one.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = twice("function.layers", &subject.spec.function.layers);
    if let Some(vpc) = subject.vpc() {
        found.extend(twice("placement.subnets", &vpc.subnets));
        match vpc.egress.way() {
            Way::Endpoint(endpoint) => {
                found.extend(twice("placement.egress.vpc-endpoint.subnets", &endpoint.subnets));
            }
            Way::NatGateway(created) => {
                let route = "placement.egress.nat-gateway";
                found.extend(twice(&format!("{route}.public_subnets"), &created.public_subnets));
                found.extend(twice(&format!("{route}.route_tables"), &created.route_tables));
            }
            Way::ExistingNatGateway => {}
        }
    }
    found
}

fn twice(route: &str, values: &[Value]) -> Vec<Diagnostic> {
    let route = Route::to(route);
    let mut found = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if let Some(first) = values.iter().take(index).position(|other| values::same(other, value)) {
            found.push(
                Diagnostic::at(&CODE, route.index(index), format!("this stands in `{route}` already"))
                    .also(At::Value(route.index(first)), "first here")
                    .help("remove it, or name the one that was meant"),
            );
        }
    }
    found
}
