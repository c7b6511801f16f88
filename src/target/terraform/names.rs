//! Resource types, labels and addresses.

use crate::plan::naming::snake;
use crate::plan::{Connection, ConnectionTarget, Holder, Id, Kind, Plan, Planned, Resource};

/// What is a block, and not an argument, in the resources that a plan can hold (AWS provider 6, schema).
pub const BLOCKS: &[&str] = &[
    "dead_letter_config",
    "dns_options",
    "environment",
    "ephemeral_storage",
    "file_system_config",
    "image_config",
    "lifecycle",
    "logging_config",
    "replica",
    "rotation_rules",
    "snap_start",
    "subnet_configuration",
    "timeouts",
    "tracing_config",
    "vpc_config",
];

/// The type of the block that stands for a kind of resource.
fn block_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "aws_kms_key",
        Kind::KeyAlias => "aws_kms_alias",
        Kind::Secret => "aws_secretsmanager_secret",
        Kind::Connection => "aws_db_instance",
        Kind::Role => "aws_iam_role",
        Kind::Policy => "aws_iam_policy",
        Kind::LogGroup => "aws_cloudwatch_log_group",
        Kind::Function => "aws_lambda_function",
        Kind::InvokePermission => "aws_lambda_permission",
        Kind::SecurityGroup => "aws_security_group",
        Kind::Ingress => "aws_vpc_security_group_ingress_rule",
        Kind::Endpoint => "aws_vpc_endpoint",
        Kind::ElasticIp => "aws_eip",
        Kind::NatGateway => "aws_nat_gateway",
        Kind::Route => "aws_route",
        Kind::Schedule => "aws_secretsmanager_secret_rotation",
        Kind::Topic => "aws_sns_topic",
        Kind::TopicPolicy => "aws_sns_topic_policy",
        Kind::Subscription => "aws_sns_topic_subscription",
        Kind::Alarm => "aws_cloudwatch_metric_alarm",
        Kind::EventRule => "aws_cloudwatch_event_rule",
    }
}

/// A resource's label: its role, or `this` for the one main resource of its type.
pub fn label(id: &Id) -> String {
    if id.role.is_empty() { "this".to_owned() } else { snake(&id.role) }
}

/// The type and the label of a planned resource's main block.
pub fn type_and_label(planned: &Planned) -> (&'static str, String) {
    (block_type(planned.id.kind), label(&planned.id))
}

/// The address of a planned resource's main block: `aws_lambda_function.rotation`.
pub fn address(planned: &Planned) -> String {
    match &planned.what {
        Resource::Connection(connection) => format!("data.{}.this", connection_source(connection).0),
        _ => address_of(&planned.id),
    }
}

/// The address of a resource that Terraform makes.
pub fn address_of(id: &Id) -> String {
    format!("{}.{}", block_type(id.kind), label(id))
}

/// The data source that tells where a database is: its type, the argument that names the database, the host's attribute.
pub fn connection_source(connection: &Connection) -> (&'static str, &'static str, &'static str) {
    match connection.target {
        // RDS's API answers for DocumentDB too: its instances and clusters are RDS resources.
        ConnectionTarget::RdsInstance | ConnectionTarget::DocumentdbInstance => {
            ("aws_db_instance", "db_instance_identifier", "address")
        }
        ConnectionTarget::RdsCluster | ConnectionTarget::DocumentdbCluster => {
            ("aws_rds_cluster", "cluster_identifier", "endpoint")
        }
        ConnectionTarget::RedshiftCluster => ("aws_redshift_cluster", "cluster_identifier", "endpoint"),
    }
}

/// The label of a holder's attachment block.
pub fn attachment_label(policy: &Id, position: usize, holders: usize) -> String {
    let label = label(policy);
    if holders == 1 { label } else { format!("{label}_{}", position + 1) }
}

/// The address of a holder's attachment.
pub fn attachment_address(policy: &Id, holder: &Holder, position: usize, holders: usize) -> String {
    let kind = match holder {
        Holder::Role(_) => "aws_iam_role_policy_attachment",
        Holder::User(_) => "aws_iam_user_policy_attachment",
    };
    format!("{kind}.{}", attachment_label(policy, position, holders))
}

/// What must be waited for so that a resource is of use: a policy's attachments, a group's ways out, a secret's value.
pub fn awaited(plan: &Plan, id: &Id) -> Vec<String> {
    let Some(planned) = plan.resources.iter().find(|planned| planned.id == *id) else { return Vec::new() };
    match &planned.what {
        Resource::Policy { holders, .. } => holders
            .iter()
            .enumerate()
            .map(|(position, holder)| attachment_address(id, holder, position, holders.len()))
            .collect(),
        Resource::SecurityGroup { egress, .. } => egress
            .iter()
            .map(|rule| format!("aws_vpc_security_group_egress_rule.{}_to_{}", label(id), snake(rule.role)))
            .collect(),
        // Read, not made; what it tells goes into the secret's first value.
        Resource::Connection(_) => vec!["aws_secretsmanager_secret_version.first".to_owned()],
        _ => vec![address_of(id)],
    }
}
