//! Logical ids.

use super::parameters::{CODE_BUCKET, CODE_KEY};
use crate::plan::naming::pascal;
use crate::plan::{Id, Input, Kind, Plan};

/// A resource's logical id: its role and its kind, `RotationFunction`.
pub fn logical_id(id: &Id) -> String {
    let noun = match id.kind {
        Kind::Key => "Key",
        Kind::KeyAlias => "KeyAlias",
        Kind::Secret => "Secret",
        Kind::Connection => "SecretTargetAttachment",
        Kind::Role => "Role",
        Kind::Policy => "Policy",
        Kind::LogGroup => "LogGroup",
        Kind::Function => "Function",
        Kind::InvokePermission => "InvokePermission",
        Kind::SecurityGroup => "SecurityGroup",
        Kind::Ingress => "Ingress",
        Kind::Endpoint => "Endpoint",
        Kind::ElasticIp => "ElasticIp",
        Kind::NatGateway => "NatGateway",
        Kind::Route => "Route",
        Kind::Schedule => "Schedule",
        Kind::Topic => "Topic",
        Kind::TopicPolicy => "TopicPolicy",
        Kind::Subscription => "Subscription",
        Kind::Alarm => "Alarm",
        Kind::EventRule => "EventRule",
    };
    format!("{}{noun}", pascal(&id.role))
}

/// An input's name among the parameters, which share their names with the resources.
pub fn parameter(plan: &Plan, input: &Input) -> String {
    let name = &input.name;
    let is_resource = plan.resources.iter().any(|planned| logical_id(&planned.id) == *name);
    if is_resource || name == CODE_BUCKET || name == CODE_KEY { format!("{name}Value") } else { name.clone() }
}
