//! The way from the function to its database and to Secrets Manager.

use super::builder::Builder;
use super::parts::{Egress, NatLocation, Peer};
use super::resource::Resource;
use super::{Attribute, Exception, Id, Kind, Text, ValueKind, endpoint};
use crate::spec::{CreatedNatGateway, Database, Value, VpcPlacement, Way};

/// HTTPS.
pub const HTTPS: u16 = 443;

/// Plans security groups, endpoints, NAT gateways and routes.
pub fn plan(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    if spec.strategy.is_managed() {
        return;
    }
    let (Some(placement), Some(database)) =
        (spec.placement.as_ref().and_then(|placement| placement.vpc()), &spec.database)
    else {
        return;
    };
    let way = placement.egress.way();
    if placement.security_group.is_none() {
        function_group(builder, placement, database, &way);
    } else {
        builder.assume(format!(
            "The function's security group lets TCP {} out to the database's group and TCP 443 out to Secrets Manager.",
            database.port()
        ));
    }
    database_ingress(builder, database);
    match &way {
        Way::Endpoint(endpoint) => match &endpoint.existing {
            None => endpoint::created(builder, placement, endpoint),
            Some(_) => endpoint::existing(builder, endpoint),
        },
        Way::NatGateway(created) => nat_gateways(builder, placement, created),
        Way::ExistingNatGateway => builder.assume(
            "Each of the function's subnets routes 0.0.0.0/0 to a NAT gateway, and no network ACL blocks TCP 443 out or 1024-65535 in.",
        ),
    }
    if let Way::Endpoint(endpoint) = &way
        && endpoint.private_dns == Some(false)
        && !builder.makes_function()
    {
        builder.assume(
            "The function is not made here and is not told the endpoint's own host name: it must call Secrets Manager there by itself.",
        );
    }
    builder.assume("The function's subnets reach the database's subnets, and no network ACL stands between them.");
    if let Some(group) = builder.function_group() {
        builder.output("FunctionSecurityGroupId", "Security group of the rotation function", group);
    }
}

/// The VPC. Asked for where it is used: an input that nothing uses would be a fault in both targets.
pub fn vpc(builder: &mut Builder<'_>, placement: &VpcPlacement) -> Text {
    builder.text(&placement.vpc, ValueKind::Vpc, "VPC of the rotation function")
}

fn function_group(builder: &mut Builder<'_>, placement: &VpcPlacement, database: &Database, way: &Way<'_>) {
    let vpc = vpc(builder, placement);
    let mut egress = Vec::new();
    if let Some(group) = &database.security_group {
        let group = builder.text(group, ValueKind::SecurityGroup, "Security group of the database");
        egress.push(Egress {
            role: "database",
            port: database.port(),
            to: Peer::Group(group),
            description: "To the database".to_owned(),
        });
    }
    let (to, description) = match (endpoint_group(builder, way), way) {
        (Some(group), _) => (Peer::Group(group), "To the endpoint of Secrets Manager"),
        (None, Way::Endpoint(_)) => (Peer::World, "To the endpoint of Secrets Manager, whose group is not known"),
        (None, Way::NatGateway(_) | Way::ExistingNatGateway) => {
            (Peer::World, "To Secrets Manager through the NAT gateway")
        }
    };
    let world = to == Peer::World;
    egress.push(Egress { role: "secrets-manager", port: HTTPS, to, description: description.to_owned() });
    let name = builder.rotation_name();
    let outside = !builder.makes_function();
    builder
        .add(
            Kind::SecurityGroup,
            "function",
            "placement",
            "The function's own security group: out to the database and to Secrets Manager, nothing in.",
            Resource::SecurityGroup {
                name,
                description: "Rotation function: out to its database and to Secrets Manager only".to_owned(),
                vpc,
                egress,
            },
        )
        .except(
            world.then_some(Exception::EgressToWorld).into_iter().chain(outside.then_some(Exception::AttachedOutside)),
        );
}

/// The group in front of Secrets Manager, where the way has one.
fn endpoint_group(builder: &mut Builder<'_>, way: &Way<'_>) -> Option<Text> {
    match way {
        Way::Endpoint(endpoint) if endpoint.existing.is_none() => {
            Some(Text::Of(Id::new(Kind::SecurityGroup, "endpoint"), Attribute::Id))
        }
        Way::Endpoint(endpoint) => endpoint
            .security_group
            .as_ref()
            .map(|group| builder.text(group, ValueKind::SecurityGroup, "Security group of the existing endpoint")),
        Way::NatGateway(_) | Way::ExistingNatGateway => None,
    }
}

fn database_ingress(builder: &mut Builder<'_>, database: &Database) {
    let (Some(group), Some(from)) = (&database.security_group, builder.function_group()) else { return };
    let group = builder.text(group, ValueKind::SecurityGroup, "Security group of the database");
    builder.add(
        Kind::Ingress,
        "database",
        "database.security_group",
        "Lets the rotation function, and only it, reach the database's port.",
        Resource::Ingress { group, from, port: database.port(), description: "From the rotation function".to_owned() },
    );
}

fn nat_gateways(builder: &mut Builder<'_>, placement: &VpcPlacement, created: &CreatedNatGateway) {
    let name = builder.spec.name.clone();
    let mut gateways = Vec::new();
    if created.regional {
        let vpc = vpc(builder, placement);
        builder.add(
            Kind::NatGateway,
            "regional",
            "placement.egress.nat-gateway",
            "The function's way to Secrets Manager: one NAT gateway for all zones of the VPC.",
            Resource::NatGateway { name: format!("{name}-nat"), location: NatLocation::Regional { vpc } },
        );
        gateways.push(Id::new(Kind::NatGateway, "regional"));
    }
    for (position, subnet) in created.public_subnets.iter().enumerate() {
        let role = format!("zone-{}", position + 1);
        let name = format!("{name}-nat-{}", position + 1);
        builder.add(
            Kind::ElasticIp,
            &role,
            "placement.egress.nat-gateway.public_subnets",
            "The public address of the NAT gateway below.",
            Resource::ElasticIp { name: name.clone() },
        );
        let subnet = builder.text(subnet, ValueKind::Subnet, "Public subnet of a NAT gateway");
        builder.add(
            Kind::NatGateway,
            &role,
            "placement.egress.nat-gateway.public_subnets",
            "The function's way to Secrets Manager, in this zone.",
            Resource::NatGateway {
                name,
                location: NatLocation::Zonal { subnet, address: Id::new(Kind::ElasticIp, &role) },
            },
        );
        gateways.push(Id::new(Kind::NatGateway, &role));
    }
    for (position, table) in created.route_tables.iter().enumerate() {
        let Some(gateway) = gateways.get(position % gateways.len().max(1)).cloned() else { continue };
        let table = builder.text(table, ValueKind::RouteTable, "Route table of the function's subnets");
        builder.add(
            Kind::Route,
            &format!("to-internet-{}", position + 1),
            "placement.egress.nat-gateway.route_tables",
            "Sends what leaves the VPC from this route table's subnets through the NAT gateway.",
            Resource::Route { table, gateway },
        );
    }
    builder.assume(if created.regional {
        "The VPC has an internet gateway."
    } else {
        "The VPC has an internet gateway, and the public subnets' route table leads to it."
    });
    builder.assume("The route tables belong to the function's subnets and have no route for 0.0.0.0/0 yet.");
}

/// Subnets as texts.
pub fn subnets(builder: &mut Builder<'_>, values: &[Value]) -> Vec<Text> {
    values
        .iter()
        .map(|value| builder.text(value, ValueKind::Subnet, "Private subnet of the rotation function"))
        .collect()
}
