//! A function in a public subnet has no public address (Lambda developer guide, "Enable internet access for
//! VPC-connected Lambda functions").

use super::{Subject, values};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Way;

pub static CODE: Code = Code {
    name: "subnet-public",
    level: Level::Error,
    summary: "the function would run in a public subnet",
    explanation: "A NAT gateway stands in a public subnet, and the function in a private one that routes to the gateway. \
        Lambda gives a function no public address, so in the public subnet itself it has no way out, and every \
        rotation would time out.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(vpc) = subject.vpc() else { return vec![] };
    let Way::NatGateway(created) = vpc.egress.way() else { return vec![] };
    let mut found = Vec::new();
    for (index, subnet) in vpc.subnets.iter().enumerate() {
        if let Some(public) = created.public_subnets.iter().position(|public| values::same(public, subnet)) {
            found.push(
                Diagnostic::at(
                    &CODE,
                    Route::to("placement.subnets").index(index),
                    "this subnet is public, and a function in it has no way out",
                )
                .also(At::Value(Route::to("placement.egress.nat-gateway.public_subnets").index(public)), "a public subnet")
                .help("list the private subnets that route to the gateway"),
            );
        }
    }
    found
}
