//! The interface endpoint through which the function reaches Secrets Manager, and what may pass it.

use super::builder::Builder;
use super::policy::{Document, Principal, Statement};
use super::resource::Resource;
use super::superuser_api::{self, SuperuserApi};
use super::{Attribute, Id, Kind, Text, ValueKind, network, permissions};
use crate::spec::{Value, VpcEndpoint, VpcPlacement};

/// An endpoint of its own, with its security group.
pub fn created(builder: &mut Builder<'_>, placement: &VpcPlacement, endpoint: &VpcEndpoint) {
    let vpc = network::vpc(builder, placement);
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
    let subnets = network::subnets(builder, given);
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
    let api = superuser_api::needed(builder);
    if let Some(api) = &api {
        let purpose = format!(
            "The function's way to the API of {}, which tells it where the superuser's database is.",
            api.title
        );
        add(builder, api.service, api.service, &purpose, api_policy(api, private_dns));
    }
    if private_dns {
        let titles =
            ["Secrets Manager"].into_iter().chain(api.as_ref().map(|api| api.title)).collect::<Vec<_>>().join(" and ");
        builder.assume("The VPC has `enableDnsSupport` and `enableDnsHostnames` on.");
        builder.assume(format!("No other endpoint or private zone answers to the host name of {titles} in the VPC."));
        builder.assume(format!("Nothing else in the VPC calls {titles}, or it is let into the endpoint's security group (output `EndpointSecurityGroupId`): private DNS sends all its calls here."));
        builder.output(
            "EndpointSecurityGroupId",
            "Security group of the endpoint; open it to whatever else in the VPC calls Secrets Manager",
            Text::Of(Id::new(Kind::SecurityGroup, "endpoint"), Attribute::Id),
        );
    }
    builder.assume("The endpoint's subnets lie in different zones, one each.");
}

/// An endpoint that is there already: opened to the function where its group is named.
pub fn existing(builder: &mut Builder<'_>, endpoint: &VpcEndpoint) {
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
    if let Some(api) = superuser_api::needed(builder) {
        builder.assume(format!("An interface endpoint of {} with private DNS stands in the VPC too, and the function's security group lets TCP 443 out to it: the function asks there where the superuser's database is.", api.title));
    }
}

fn endpoint_ingress(builder: &mut Builder<'_>, group: Text) {
    let Some(from) = builder.function_group() else { return };
    builder.add(
        Kind::Ingress,
        "endpoint",
        "placement.egress",
        "Lets the rotation function reach Secrets Manager's endpoint.",
        Resource::Ingress { group, from, port: network::HTTPS, description: "From the rotation function".to_owned() },
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
            permissions::ROTATION_ACTIONS,
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
        let actions = permissions::superuser_actions(builder.spec.function.is_bundled());
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

/// What may pass the endpoint of the superuser's service: see [`account_policy`] and [`function_policy`].
fn api_policy(api: &SuperuserApi, private_dns: bool) -> Document {
    let statement = if private_dns {
        let why = "Private DNS sends the whole VPC here; what a caller may do, its own policies say.";
        Statement::allow("ThisAccountOnly", why, api.all, [Text::from("*")])
    } else {
        let why = "Only the function comes here, and asks where the superuser's database is.";
        Statement::allow("FindSuperuserDatabase", why, api.actions, [Text::from("*")])
    };
    Document(vec![statement.to(Principal::Anyone).when("StringEquals", "aws:PrincipalAccount", Text::Account)])
}
