//! Networking in Terraform's words.

use super::document::{Block, Body, Expression};
use super::names::label;
use super::text::{expression, list};
use super::{ResourceBlock, policy};
use crate::plan::naming::snake;
use crate::plan::{Egress, NatLocation, Peer, Plan, Planned, Resource, Text};

/// The blocks of a networking resource.
pub fn blocks(plan: &Plan, planned: &Planned) -> Vec<Block> {
    let of = |text: &Text| expression(plan, text);
    let block = ResourceBlock::new(plan, planned);
    match &planned.what {
        Resource::SecurityGroup { name, description, vpc, egress } => {
            let group = block
                .with(|body| {
                    body.with("name", name.as_str()).with("description", description.as_str()).with("vpc_id", of(vpc))
                })
                .tagged(Some(name))
                .finish();
            let own = Expression::Traversal(format!("aws_security_group.{}.id", label(&planned.id)));
            let mut blocks = vec![group];
            blocks.extend(egress.iter().map(|rule| self::egress(plan, planned, &own, rule)));
            blocks
        }
        Resource::Ingress { group, from, port, description } => {
            let body =
                |body: Body| rule(body, &of(group), description, *port).with("referenced_security_group_id", of(from));
            vec![block.with(body).tagged(None).finish()]
        }
        Resource::Endpoint { name, service, vpc, subnets, group, private_dns, policy } => {
            let policy_label = format!("{}_endpoint", label(&planned.id));
            let service_name = of(&Text::joined(["com.amazonaws.".into(), Text::Region, format!(".{service}").into()]));
            let endpoint = block
                .with(|body| {
                    body.with("vpc_endpoint_type", "Interface")
                        .with("service_name", service_name)
                        .with("vpc_id", of(vpc))
                        .with("subnet_ids", list(plan, subnets))
                        .with("security_group_ids", Expression::List(vec![of(group)]))
                        .with("private_dns_enabled", *private_dns)
                        .with("policy", super::policy::json(&policy_label))
                })
                .tagged(Some(name))
                .finish();
            vec![policy::data(plan, &policy_label, policy, Body::new()), endpoint]
        }
        Resource::ElasticIp { name } => {
            vec![block.with(|body| body.with("domain", "vpc")).tagged(Some(name)).finish()]
        }
        Resource::NatGateway { name, location } => {
            let body = |body: Body| match location {
                NatLocation::Zonal { subnet, address } => body
                    .with("subnet_id", of(subnet))
                    .with("allocation_id", Expression::Traversal(format!("aws_eip.{}.allocation_id", label(address)))),
                NatLocation::Regional { vpc } => body.with("availability_mode", "regional").with("vpc_id", of(vpc)),
            };
            vec![block.with(body).tagged(Some(name)).finish()]
        }
        Resource::Route { table, gateway } => {
            let gateway = Expression::Traversal(format!("aws_nat_gateway.{}.id", label(gateway)));
            let body = |body: Body| {
                body.with("route_table_id", of(table))
                    .with("destination_cidr_block", "0.0.0.0/0")
                    .with("nat_gateway_id", gateway)
            };
            vec![block.with(body).finish()]
        }
        _ => Vec::new(),
    }
}

fn egress(plan: &Plan, planned: &Planned, group: &Expression, egress: &Egress) -> Block {
    let body = rule(Body::new(), group, &egress.description, egress.port);
    let body = match &egress.to {
        Peer::Group(to) => body.with("referenced_security_group_id", expression(plan, to)),
        Peer::World => body.with("cidr_ipv4", "0.0.0.0/0"),
    };
    let label = format!("{}_to_{}", label(&planned.id), snake(egress.role));
    let tags = &plan.tags;
    let body = if tags.is_empty() { body } else { body.blank().with("tags", Expression::map(tags.clone())) };
    Block::new("resource", ["aws_vpc_security_group_egress_rule".to_owned(), label], body)
}

fn rule(body: Body, group: &Expression, description: &str, port: u16) -> Body {
    body.with("security_group_id", group.clone())
        .with("description", description)
        .with("ip_protocol", "tcp")
        .with("from_port", i64::from(port))
        .with("to_port", i64::from(port))
}
