//! The way from the function to its database and to Secrets Manager.

use super::builder::Builder;
use super::parts::{Egress, NatLocation, Peer};
use super::policy::{Document, Principal, Statement};
use super::resource::Resource;
use super::{Attribute, Exception, Id, Kind, Text, ValueKind};
use crate::spec::{CreatedNatGateway, Database, Value, VpcEndpoint, VpcPlacement, Way};

/// HTTPS.
const HTTPS: u16 = 443;

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
            None => created_endpoint(builder, placement, endpoint),
            Some(_) => existing_endpoint(builder, endpoint),
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
fn vpc(builder: &mut Builder<'_>, placement: &VpcPlacement) -> Text {
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
    if needs_rds_endpoint(builder) && builder_creates_endpoint(way) {
        let group = Text::Of(Id::new(Kind::SecurityGroup, "endpoint"), Attribute::Id);
        if !egress.iter().any(|rule| rule.to == Peer::Group(group.clone())) {
            egress.push(Egress {
                role: "rds",
                port: HTTPS,
                to: Peer::Group(group),
                description: "To the endpoint of RDS".to_owned(),
            });
        }
    }
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

fn created_endpoint(builder: &mut Builder<'_>, placement: &VpcPlacement, endpoint: &VpcEndpoint) {
    let vpc = vpc(builder, placement);
    let name = format!("{}-endpoint", builder.spec.name);
    builder.add(
        Kind::SecurityGroup,
        "endpoint",
        "placement.egress",
        "The endpoint's security group: in from the function, nothing out.",
        Resource::SecurityGroup {
            name: name.clone(),
            description: "Endpoint of Secrets Manager: in from the rotation function only".to_owned(),
            vpc: vpc.clone(),
            egress: Vec::new(),
        },
    );
    endpoint_ingress(builder, Text::Of(Id::new(Kind::SecurityGroup, "endpoint"), Attribute::Id));
    let given: &[Value] = if endpoint.subnets.is_empty() { &placement.subnets } else { &endpoint.subnets };
    let subnets = subnets(builder, given);
    let private_dns = endpoint.private_dns.unwrap_or(true);
    let policy = if private_dns { account_policy() } else { function_policy(builder) };
    let purpose = if private_dns {
        "The function's way to Secrets Manager, without a way to the internet. Private DNS makes it the way of the whole VPC."
    } else {
        "The function's way to Secrets Manager, without a way to the internet. Others in the VPC are not affected."
    };
    let add =
        |builder: &mut Builder<'_>, role: &'static str, service: &'static str, purpose: &str, policy: Document| {
            builder.add(
                Kind::Endpoint,
                role,
                "placement.egress",
                purpose,
                Resource::Endpoint {
                    name: format!("{}-{role}", builder.spec.name),
                    service,
                    vpc: vpc.clone(),
                    subnets: subnets.clone(),
                    group: Text::Of(Id::new(Kind::SecurityGroup, "endpoint"), Attribute::Id),
                    private_dns,
                    policy,
                },
            );
        };
    add(builder, "secrets-manager", "secretsmanager", purpose, policy);
    if needs_rds_endpoint(builder) {
        let purpose = "The function's way to the RDS API, which tells it where the superuser's database is.";
        add(builder, "rds", "rds", purpose, rds_policy(private_dns));
    }
    if private_dns {
        builder.assume("The VPC has `enableDnsSupport` and `enableDnsHostnames` on, and no other endpoint or private zone answers to Secrets Manager's host name in it.");
        builder.assume("Nothing else in the VPC calls Secrets Manager, or it is let into the endpoint's security group (output `EndpointSecurityGroupId`): private DNS sends all its calls here.");
        builder.output(
            "EndpointSecurityGroupId",
            "Security group of the endpoint; open it to whatever else in the VPC calls Secrets Manager",
            Text::Of(Id::new(Kind::SecurityGroup, "endpoint"), Attribute::Id),
        );
    }
    builder.assume("The endpoint's subnets lie in different zones, one each.");
}

fn existing_endpoint(builder: &mut Builder<'_>, endpoint: &VpcEndpoint) {
    match &endpoint.security_group {
        Some(group) => {
            let group = builder.text(group, ValueKind::SecurityGroup, "Security group of the existing endpoint");
            endpoint_ingress(builder, group);
        }
        None => builder.assume("The existing endpoint's security group lets TCP 443 in from the function's group."),
    }
    builder.assume("The existing endpoint's policy admits the function's calls, `secretsmanager:GetRandomPassword` on `*` among them.");
    if endpoint.private_dns.unwrap_or(true) {
        builder.assume("The existing endpoint has private DNS on.");
    }
    if needs_rds_endpoint(builder) {
        builder.assume("An interface endpoint of RDS with private DNS stands in the VPC too, and the function's security group lets TCP 443 out to it: the function asks RDS where the superuser's database is.");
    }
}

fn endpoint_ingress(builder: &mut Builder<'_>, group: Text) {
    let Some(from) = builder.function_group() else { return };
    builder.add(
        Kind::Ingress,
        "endpoint",
        "placement.egress",
        "Lets the rotation function reach Secrets Manager's endpoint.",
        Resource::Ingress { group, from, port: HTTPS, description: "From the rotation function".to_owned() },
    );
}

/// Private DNS makes the endpoint the way of every workload in the VPC, so its policy must not name secrets: it names the account.
fn account_policy() -> Document {
    Document(vec![
        Statement::allow(
            "ThisAccountOnly",
            "Private DNS sends the whole VPC here, so no secret is named; what a caller may do, its own policies say. GetRandomPassword, which knows no resource, passes.",
            &["secretsmanager:*"],
            [Text::from("*")],
        )
        .to(Principal::Anyone)
        .when("StringEquals", "aws:PrincipalAccount", Text::Account),
    ])
}

/// Without private DNS only this function comes here: its calls, and no others.
fn function_policy(builder: &mut Builder<'_>) -> Document {
    let secret = builder.secret_arn();
    let mut statements = vec![
        Statement::allow(
            "RotateThisSecret",
            "The calls of a rotation, on this secret.",
            super::permissions::ROTATION_ACTIONS,
            [secret],
        ),
        Statement::allow(
            "GeneratePassword",
            "GetRandomPassword knows no resource; without this statement no rotation gets past its first step.",
            &["secretsmanager:GetRandomPassword"],
            [Text::from("*")],
        ),
    ];
    if let Some(superuser) = builder.superuser_secret() {
        let actions = super::permissions::superuser_actions(builder.spec.function.is_bundled());
        statements.push(Statement::allow(
            "ReadSuperuserSecret",
            "The superuser sets the password.",
            actions,
            [superuser],
        ));
    }
    Document(
        statements
            .into_iter()
            .map(|statement| {
                statement.to(Principal::Anyone).when("StringEquals", "aws:PrincipalAccount", Text::Account)
            })
            .collect(),
    )
}

fn rds_policy(private_dns: bool) -> Document {
    let statement = if private_dns {
        Statement::allow(
            "ThisAccountOnly",
            "Private DNS sends the whole VPC here; what a caller may do, its own policies say.",
            &["rds:*"],
            [Text::from("*")],
        )
    } else {
        Statement::allow(
            "FindSuperuserDatabase",
            "Only the function comes here, and asks where the superuser's database is.",
            super::permissions::RDS_ACTIONS,
            [Text::from("*")],
        )
    };
    let statement = statement.to(Principal::Anyone).when("StringEquals", "aws:PrincipalAccount", Text::Account);
    Document(vec![statement])
}

/// AWS's own functions ask RDS where a managed superuser's database is; ours is told.
pub fn needs_rds_endpoint(builder: &Builder<'_>) -> bool {
    !builder.spec.function.is_bundled()
        && builder.spec.strategy.superuser().is_some_and(|superuser| superuser.rds_managed)
}

fn builder_creates_endpoint(way: &Way<'_>) -> bool {
    matches!(way, Way::Endpoint(endpoint) if endpoint.existing.is_none())
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
    builder.assume("The VPC has an internet gateway, and the public subnets' route table leads to it.");
    builder.assume("The route tables belong to the function's subnets and have no route for 0.0.0.0/0 yet.");
}

/// Subnets as texts.
pub fn subnets(builder: &mut Builder<'_>, values: &[Value]) -> Vec<Text> {
    values
        .iter()
        .map(|value| builder.text(value, ValueKind::Subnet, "Private subnet of the rotation function"))
        .collect()
}
