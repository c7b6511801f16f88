//! Specs that are fine each by itself and do not go together.
//!
//! A run may hold thousands of specs, so no spec is kept for this: only a few short texts of each, with the one line
//! that each stands in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::{Claim, Subject, claims};
use super::home;
use crate::diagnostic::{At, Code, Diagnostic, File, Level, Place};
use crate::spec::{Document, Spec};

macro_rules! codes {
    ($($id:ident $name:literal $level:ident $summary:literal $explanation:literal)*) => {
        $(static $id: Code = Code { name: $name, level: Level::$level, summary: $summary, explanation: $explanation };)*
        /// Every code about specs that do not go together.
        pub(super) static CODES: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    NAME_TWICE "name-twice" Error "two specs have the same name"
        "The name is that of the output's folder and starts every physical name. Two specs of one name would overwrite each other's output and fight over the same role and function. Give each a name of its own."
    SECRET_NAME_TWICE "secret-name-twice" Error "two specs create a secret of the same name in the same place"
        "A name belongs to one secret in each account and Region. The second deployment would fail. Both specs say that they are deployed to the same VPC, or to the same account and Region."
    SECRET_NAME_SHARED "secret-name-shared" Warning "two specs create a secret of the same name"
        "A name belongs to one secret in each account and Region. If both specs are deployed to the same, the second deployment fails. If they are for different accounts or Regions, all is well."
    SECRET_ROTATED_TWICE "secret-rotated-twice" Warning "two specs rotate the same secret"
        "A secret has one rotation schedule and one rotation function. The spec that is deployed later would take the secret away from the other, whose function then has no right to it any more."
    ENDPOINT_TWICE "endpoint-twice" Warning "two specs create an endpoint with private DNS in the same VPC"
        "Only one endpoint of a VPC can answer to Secrets Manager's own host name, so the second deployment fails with `conflicting DNS domain`. Let one spec create the endpoint and the others use it with `vpc-endpoint: { existing: vpce-... }`. Where the VPC is looked up under a name, it is another one if the specs are deployed to different accounts or Regions; then all is well."
    ROUTE_TWICE "route-twice" Warning "two specs add the default route to the same route table"
        "A route table takes one route to 0.0.0.0/0. The second deployment would fail, or replace the first one's way out. Let one spec create the NAT gateway, and write `nat-gateway: existing` in the others."
    INGRESS_TWICE "ingress-twice" Warning "two specs open the same security group to the same security group"
        "A security group holds each rule once: the second deployment fails with `InvalidPermission.Duplicate`, and taking one stack away would close the database to the other's function. Leave `placement.security_group` out, so that each function gets a group of its own."
}

/// What is remembered of a spec.
#[derive(Debug, Clone)]
pub struct Facts {
    path: Arc<str>,
    account: Option<Box<str>>,
    region: Option<Box<str>>,
    vpc: Option<Box<str>>,
    claims: Box<[(Claim, Mark)]>,
}

/// Where a claim stands: the line, and the part of it.
#[derive(Debug, Clone)]
struct Mark {
    line: Box<str>,
    start: (usize, usize),
    end: (usize, usize),
}

/// Longer lines (a spec as one line of JSON) are not kept.
const LONGEST_LINE: usize = 1000;

impl Facts {
    /// What to remember of a spec, which `document` was read as.
    pub fn of(spec: &Spec, document: &Document) -> Self {
        let text = |text: Option<&str>| text.map(Box::from);
        let placed: Vec<(Claim, Place)> =
            claims(spec).into_iter().map(|(claim, route)| (claim, document.node.place_of_value(&route))).collect();
        let vpc = spec.placement.as_ref().and_then(|placement| placement.vpc()).and_then(|vpc| vpc.vpc.literal());
        Self {
            path: placed.first().map_or_else(|| Arc::from(""), |(_, place)| Arc::from(place.file.path.as_str())),
            account: text(home::in_account(spec).first().map(|told| told.arn.account)),
            region: text(home::in_region(spec).first().map(|told| told.arn.region)),
            vpc: text(vpc),
            claims: placed.into_iter().map(|(claim, place)| (claim, Mark::of(&place))).collect(),
        }
    }

    /// Whether both are certainly deployed to one account and Region, certainly not, or nobody knows.
    fn same_home(&self, other: &Self) -> Option<bool> {
        let differ = |one: &Option<Box<str>>, two: &Option<Box<str>>| one.is_some() && two.is_some() && one != two;
        let same = |one: &Option<Box<str>>, two: &Option<Box<str>>| one.is_some() && one == two;
        if differ(&self.account, &other.account) || differ(&self.region, &other.region) {
            Some(false)
        } else if same(&self.vpc, &other.vpc)
            || (same(&self.account, &other.account) && same(&self.region, &other.region))
        {
            Some(true)
        } else {
            None
        }
    }
}

impl Mark {
    fn of(place: &Place) -> Self {
        let line = place.file.text.lines().nth(place.start.0.saturating_sub(1)).unwrap_or("");
        let (line, start, end) = if line.len() > LONGEST_LINE {
            ("", (place.start.0, 0), (place.start.0, 0))
        } else {
            (line, place.start, place.end)
        };
        Self { line: line.into(), start, end }
    }

    /// A place that draws the line as the file would.
    fn place(&self, path: &str) -> At {
        let text = "\n".repeat(self.start.0.saturating_sub(1)) + &self.line;
        At::Place(Place { file: Arc::new(File { path: path.to_owned(), text }), start: self.start, end: self.end })
    }
}

/// Every finding about specs that do not go together. Each names both places.
pub fn across(facts: &[Facts]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&Claim, Vec<(&Facts, &Mark)>> = BTreeMap::new();
    let mut found = Vec::new();
    for facts in facts {
        for (claim, mark) in &facts.claims {
            let earlier = first.entry(claim).or_default();
            // The first that clashes stands for all of them; those that are certainly elsewhere do not clash.
            let clash =
                earlier.iter().find_map(|(other, at)| Some((*other, *at, code(claim, facts.same_home(other))?)));
            match clash {
                Some((other, at, code)) => found.push(
                    Diagnostic::new(code, mark.place(&facts.path), claim.message())
                        .also(at.place(&other.path), "the other")
                        .help(claim.help()),
                ),
                None => earlier.push((facts, mark)),
            }
        }
    }
    found
}

/// The code for two specs that claim the same.
fn code(claim: &Claim, same_home: Option<bool>) -> Option<&'static Code> {
    match (claim.subject, same_home) {
        (Subject::Name, _) => Some(&NAME_TWICE),
        (Subject::SecretName | Subject::Endpoint | Subject::LookedUpEndpoint, Some(false)) => None,
        (Subject::SecretName, Some(true)) => Some(&SECRET_NAME_TWICE),
        (Subject::SecretName, None) => Some(&SECRET_NAME_SHARED),
        (Subject::Secret, _) => Some(&SECRET_ROTATED_TWICE),
        (Subject::Endpoint | Subject::LookedUpEndpoint, _) => Some(&ENDPOINT_TWICE),
        (Subject::DefaultRoute, _) => Some(&ROUTE_TWICE),
        (Subject::Ingress, _) => Some(&INGRESS_TWICE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten thousand specs are to fit well below 20 MB.
    #[test]
    fn remembers_little_of_a_spec() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spec.yaml");
        let text = "version: 1\nname: orders-db\nsecret: { name: prod/orders/db, username: orders }\n\
            database: { engine: postgres, instance: orders, security_group: sg-0db00000000000001 }\n\
            strategy: single-user\n\
            placement:\n  vpc: vpc-0a000000000000001\n  security_group: sg-0f000000000000001\n  \
            subnets: [subnet-0a00000000000000a]\n  egress: vpc-endpoint\n";
        std::fs::write(&path, text).unwrap();
        let document = crate::spec::documents(&path).unwrap().remove(0);
        let facts = Facts::of(&crate::spec::read(&document).unwrap(), &document);
        let claims: usize = facts
            .claims
            .iter()
            .map(|(claim, mark)| size_of::<(Claim, Mark)>() + claim.what.len() + mark.line.len())
            .sum();
        assert_eq!(facts.claims.len(), 4);
        assert!(size_of::<Facts>() + facts.path.len() + claims < 1500, "{claims} bytes of claims");
    }
}
