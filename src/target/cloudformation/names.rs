//! Logical ids.

use crate::plan::naming::pascal;
use crate::plan::{Id, Kind};

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
