//! Networking in CloudFormation's words.

use super::document::{Map, Value};
use super::names::logical_id;
use super::policy;
use super::resource::tagged;
use super::text::{value, values};
use crate::plan::{Egress, NatLocation, Peer, Plan, Resource, Text};

/// The type and properties of a networking resource; `None` for any other.
pub fn properties(plan: &Plan, what: &Resource) -> Option<(&'static str, Map)> {
    let of = |text: &Text| value(plan, text);
    Some(match what {
        Resource::SecurityGroup { name, description, vpc, egress } => (
            "AWS::EC2::SecurityGroup",
            tagged(
                plan,
                Map::new()
                    .with("GroupDescription", description.as_str())
                    .with("VpcId", of(vpc))
                    .with("SecurityGroupEgress", self::egress(plan, egress)),
                Some(name),
            ),
        ),
        // A resource of its own, since two groups that name each other inline would need each other first.
        Resource::Ingress { group, from, port, description } => (
            "AWS::EC2::SecurityGroupIngress",
            Map::new()
                .with("GroupId", of(group))
                .with("Description", description.as_str())
                .with("IpProtocol", "tcp")
                .with("FromPort", i64::from(*port))
                .with("ToPort", i64::from(*port))
                .with("SourceSecurityGroupId", of(from)),
        ),
        Resource::Endpoint { name, service, vpc, subnets, group, private_dns, policy } => (
            "AWS::EC2::VPCEndpoint",
            tagged(
                plan,
                Map::new()
                    .with("VpcEndpointType", "Interface")
                    .with(
                        "ServiceName",
                        of(&Text::joined(["com.amazonaws.".into(), Text::Region, format!(".{service}").into()])),
                    )
                    .with("VpcId", of(vpc))
                    .with("SubnetIds", values(plan, subnets))
                    .with("SecurityGroupIds", vec![of(group)])
                    .with("PrivateDnsEnabled", *private_dns)
                    .with("PolicyDocument", policy::document(plan, policy)),
                Some(name),
            ),
        ),
        Resource::ElasticIp { name } => ("AWS::EC2::EIP", tagged(plan, Map::new().with("Domain", "vpc"), Some(name))),
        Resource::NatGateway { name, location } => {
            let map = match location {
                NatLocation::Zonal { subnet, address } => Map::new()
                    .with("SubnetId", of(subnet))
                    .with("AllocationId", Value::attribute(logical_id(address), "AllocationId")),
                NatLocation::Regional { vpc } => Map::new().with("AvailabilityMode", "regional").with("VpcId", of(vpc)),
            };
            ("AWS::EC2::NatGateway", tagged(plan, map, Some(name)))
        }
        Resource::Route { table, gateway } => (
            "AWS::EC2::Route",
            Map::new()
                .with("RouteTableId", of(table))
                .with("DestinationCidrBlock", "0.0.0.0/0")
                .with("NatGatewayId", Value::attribute(logical_id(gateway), "NatGatewayId")),
        ),
        _ => return None,
    })
}

fn egress(plan: &Plan, rules: &[Egress]) -> Vec<Map> {
    if rules.is_empty() {
        // A group without a rule of its own would get AWS's default: everything out.
        return vec![
            Map::new()
                .with("Description", "Nothing out: a rule that leads nowhere replaces the default that allows all")
                .with("IpProtocol", "tcp")
                .with("FromPort", 443)
                .with("ToPort", 443)
                .with("CidrIp", "127.0.0.1/32"),
        ];
    }
    rules
        .iter()
        .map(|rule| {
            let map = Map::new()
                .with("Description", rule.description.as_str())
                .with("IpProtocol", "tcp")
                .with("FromPort", i64::from(rule.port))
                .with("ToPort", i64::from(rule.port));
            match &rule.to {
                Peer::Group(group) => map.with("DestinationSecurityGroupId", value(plan, group)),
                Peer::World => map.with("CidrIp", "0.0.0.0/0"),
            }
        })
        .collect()
}
