//! Identifiers of EC2 resources (EC2 user guide, "Resource IDs").

use super::Subject;
use super::identifier::is_resource_id;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "resource-id-invalid",
    level: Level::Error,
    summary: "a text is not the identifier of such a resource",
    explanation: "VPCs, subnets, security groups, route tables and endpoints are named by their identifier: a prefix such \
        as `vpc-` and 8 or 17 digits or letters from a to f. Names and ARNs do not work. For a value that another stack or \
        the deployment knows, write `{ parameter: Name }`, `{ ssm: /name }` or `{ import: name }`.",
};

const PREFIXES: &[(Kind, &str)] = &[
    (Kind::Vpc, "vpc"),
    (Kind::Subnet, "subnet"),
    (Kind::SecurityGroup, "sg"),
    (Kind::RouteTable, "rtb"),
    (Kind::Endpoint, "vpce"),
];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let judge = |&(kind, prefix): &(Kind, &'static str)| {
        values::judge(subject, &[kind], &CODE, move |text| {
            if is_resource_id(text, prefix) {
                return None;
            }
            let other = PREFIXES.iter().find(|(_, other)| is_resource_id(text, other));
            let message = match other {
                Some((other, _)) => format!("`{text}` is {}, not {}", other.title(), kind.title()),
                None => format!("`{text}` is not the identifier of {}", kind.title()),
            };
            Some((message, format!("write `{prefix}-` and 8 or 17 digits or letters from a to f")))
        })
    };
    PREFIXES.iter().flat_map(judge).collect()
}
