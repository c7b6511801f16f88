//! Texts of the plan as Terraform expressions.

use super::document::{Expression, Part};
use super::names::{address_of, connection_source};
use crate::plan::naming::snake;
use crate::plan::{Attribute, From, Id, Input, Kind, Plan, Resource, Text};

/// A text as an expression.
pub fn expression(plan: &Plan, text: &Text) -> Expression {
    match text {
        Text::Literal(literal) => Expression::Text(literal.clone()),
        Text::Input(key) => Expression::Traversal(input(plan, key)),
        Text::Of(id, attribute) => of(plan, id, *attribute),
        Text::Partition => Expression::reference("data.aws_partition.current.partition"),
        Text::Account => Expression::reference("data.aws_caller_identity.current.account_id"),
        Text::Region => Expression::reference("data.aws_region.current.region"),
        Text::DnsSuffix => Expression::reference("data.aws_partition.current.dns_suffix"),
        Text::Joined(parts) => joined(plan, parts),
        Text::Part(whole, separator, index) => {
            Expression::call("split", [Expression::Text(separator.to_string()), expression(plan, whole)])
                .index(i64::try_from(*index).unwrap_or(0))
        }
    }
}

/// Several texts as a list.
pub fn list(plan: &Plan, texts: &[Text]) -> Expression {
    Expression::List(texts.iter().map(|text| expression(plan, text)).collect())
}

fn joined(plan: &Plan, parts: &[Text]) -> Expression {
    let parts = parts
        .iter()
        .map(|part| match expression(plan, part) {
            Expression::Text(text) => Part::Text(text),
            other => Part::Expression(other),
        })
        .collect();
    Expression::Template(parts)
}

/// Where an input's value is read.
fn input(plan: &Plan, key: &str) -> String {
    let input = plan.inputs.iter().find(|input| input.key == key);
    let label = snake(input.map_or(key, |input| &input.name));
    match input {
        // `value` is marked as sensitive, which would hide every plan; these are identifiers.
        Some(Input { from: From::Ssm(_), .. }) => format!("data.aws_ssm_parameter.{label}.insecure_value"),
        Some(Input { from: From::Export(_), .. }) => format!("data.aws_cloudformation_export.{label}.value"),
        Some(Input { from: From::Caller { .. }, .. }) | None => format!("var.{label}"),
    }
}

fn of(plan: &Plan, id: &Id, attribute: Attribute) -> Expression {
    let address = address_of(id);
    let name = match (id.kind, attribute) {
        (Kind::Function, Attribute::Name) => "function_name",
        (Kind::ElasticIp, _) => "allocation_id",
        (Kind::Connection, _) => return connection_host(plan, id),
        (Kind::Endpoint, Attribute::DnsName) => {
            return Expression::Traversal(format!("{address}.dns_entry[0].dns_name"));
        }
        (Kind::LogGroup, Attribute::Streams) => {
            let arn = Expression::Traversal(format!("{address}.arn"));
            return Expression::Template(vec![Part::Expression(arn), Part::Text(":*".to_owned())]);
        }
        (_, Attribute::Arn | Attribute::Streams) => "arn",
        (_, Attribute::Id) => "id",
        (_, Attribute::Name) => "name",
        (_, Attribute::DnsName | Attribute::Host) => "dns_name",
    };
    Expression::Traversal(format!("{address}.{name}"))
}

fn connection_host(plan: &Plan, id: &Id) -> Expression {
    let source = plan.resources.iter().find_map(|planned| match &planned.what {
        Resource::Connection(connection) if planned.id == *id => Some(connection_source(connection)),
        _ => None,
    });
    let (kind, _, host) = source.unwrap_or(("aws_db_instance", "", "address"));
    Expression::Traversal(format!("data.{kind}.this.{host}"))
}
