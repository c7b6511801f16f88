//! What a spec claims for itself alone.

use crate::diagnostic::Route;
use crate::spec::{Spec, Value, Way};

/// Something that only one spec of a run can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// What kind of thing it is.
    pub subject: Subject,
    /// Which one.
    pub what: Box<str>,
}

/// The kinds of things that only one spec can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The spec's name.
    Name,
    /// The name of a created secret.
    SecretName,
    /// The schedule of an adopted secret.
    Secret,
    /// Private DNS in a VPC.
    Endpoint,
    /// Private DNS in a VPC that is looked up under a name.
    LookedUpEndpoint,
    /// The default route of a route table.
    DefaultRoute,
    /// A rule of a security group.
    Ingress,
}

/// Everything that a spec claims, each with the route that claims it.
pub fn claims(spec: &Spec) -> Vec<(Claim, Route)> {
    let mut list = Vec::new();
    let mut claim = |subject, what: &str, route: Route| list.push((Claim { subject, what: what.into() }, route));
    claim(Subject::Name, &spec.name, Route::to("name"));
    if let (Some(name), Some(_)) = (&spec.secret.name, &spec.secret.username) {
        claim(Subject::SecretName, name, Route::to("secret.name"));
    }
    if let Some(Value::Literal(arn)) = &spec.secret.arn {
        claim(Subject::Secret, arn, Route::to("secret.arn"));
    }
    let placement = spec.placement.as_ref().filter(|_| !spec.strategy.is_managed());
    let Some(vpc) = placement.and_then(|placement| placement.vpc()) else { return list };
    match vpc.egress.way() {
        Way::Endpoint(endpoint) if endpoint.existing.is_none() && endpoint.private_dns != Some(false) => {
            let route = Route::to("placement.vpc");
            match &vpc.vpc {
                Value::Literal(id) => claim(Subject::Endpoint, id, route),
                Value::Ssm(ssm) => claim(Subject::LookedUpEndpoint, &format!("ssm {}", ssm.ssm), route.key("ssm")),
                Value::Import(import) => {
                    claim(Subject::LookedUpEndpoint, &format!("import {}", import.import), route.key("import"));
                }
                // Each deployment passes its own.
                Value::Parameter(_) => {}
            }
        }
        Way::NatGateway(created) => {
            for (index, table) in created.route_tables.iter().enumerate() {
                if let Some(id) = table.literal() {
                    let route = Route::to("placement.egress.nat-gateway.route_tables").index(index);
                    claim(Subject::DefaultRoute, id, route);
                }
            }
        }
        Way::Endpoint(_) | Way::ExistingNatGateway => {}
    }
    let own = vpc.security_group.as_ref().and_then(Value::literal);
    let database = spec.database.as_ref();
    let group = database.and_then(|database| database.security_group.as_ref()).and_then(Value::literal);
    if let (Some(own), Some(database), Some(group)) = (own, database, group) {
        let rule = format!("{group} {} {own}", database.port());
        claim(Subject::Ingress, &rule, Route::to("placement.security_group"));
    }
    if let (Some(own), Way::Endpoint(endpoint)) = (own, vpc.egress.way())
        && let Some(group) = endpoint.security_group.as_ref().and_then(Value::literal)
    {
        claim(Subject::Ingress, &format!("{group} 443 {own}"), Route::to("placement.security_group"));
    }
    list
}

impl Claim {
    /// What is wrong when two specs claim it.
    pub fn message(&self) -> String {
        let what = &self.what;
        match self.subject {
            Subject::Name => format!("two specs are named `{what}`"),
            Subject::SecretName => format!("two specs create a secret named `{what}`"),
            Subject::Secret => "two specs rotate the same secret".to_owned(),
            Subject::Endpoint => format!("two specs create an endpoint with private DNS in `{what}`"),
            Subject::LookedUpEndpoint => {
                "two specs create an endpoint with private DNS in a VPC that they look up under one name".to_owned()
            }
            Subject::DefaultRoute => format!("two specs add the default route to `{what}`"),
            Subject::Ingress => match what.split(' ').collect::<Vec<_>>().as_slice() {
                [group, port, own] => format!("two specs open port {port} of `{group}` to `{own}`"),
                _ => "two specs open the same group to the same group".to_owned(),
            },
        }
    }

    /// What to write instead.
    pub fn help(&self) -> &'static str {
        match self.subject {
            Subject::Name => "give each spec a name of its own",
            Subject::SecretName => {
                "give each secret a name of its own, or deploy the specs to different Regions or accounts"
            }
            Subject::Secret => "keep one spec for each secret",
            Subject::Endpoint | Subject::LookedUpEndpoint => {
                "create the endpoint in one of them, and write `vpc-endpoint: { existing: vpce-... }` in the others"
            }
            Subject::DefaultRoute => {
                "create the NAT gateway in one of them, and write `nat-gateway: existing` in the others"
            }
            Subject::Ingress => "leave `placement.security_group` out, so that each function gets a group of its own",
        }
    }
}
