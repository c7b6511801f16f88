//! Texts of the plan as CloudFormation values.

use super::document::Value;
use super::names::{logical_id, parameter};
use crate::plan::{Attribute, From, Id, Input, Kind, Plan, Text};

/// A text as a value: plain where it is known, an intrinsic function where it is not.
pub fn value(plan: &Plan, text: &Text) -> Value {
    match text {
        Text::Literal(literal) => Value::Text(literal.clone()),
        Text::Input(key) => input(plan, key),
        Text::Of(id, attribute) => of(id, *attribute),
        Text::Partition => Value::reference("AWS::Partition"),
        Text::Account => Value::reference("AWS::AccountId"),
        Text::Region => Value::reference("AWS::Region"),
        Text::DnsSuffix => Value::reference("AWS::URLSuffix"),
        Text::Joined(parts) => joined(plan, parts),
        Text::Part(whole, separator, index) => Value::Select(
            u32::try_from(*index).unwrap_or(0),
            Box::new(Value::Split(separator.to_string(), Box::new(value(plan, whole)))),
        ),
    }
}

/// Several texts as values.
pub fn values(plan: &Plan, texts: &[Text]) -> Vec<Value> {
    texts.iter().map(|text| value(plan, text)).collect()
}

fn input(plan: &Plan, key: &str) -> Value {
    match plan.inputs.iter().find(|input| input.key == key) {
        Some(Input { from: From::Export(export), .. }) => Value::ImportValue(Box::new(Value::Text(export.clone()))),
        Some(input) => Value::Ref(parameter(plan, input)),
        None => Value::reference(key),
    }
}

fn of(id: &Id, attribute: Attribute) -> Value {
    let logical = logical_id(id);
    match (id.kind, attribute) {
        (Kind::Secret | Kind::Policy | Kind::Topic, Attribute::Arn)
        | (Kind::Role | Kind::Function, Attribute::Name) => Value::Ref(logical),
        (Kind::SecurityGroup, _) => Value::GetAtt(logical, "GroupId".to_owned()),
        (Kind::NatGateway, _) => Value::GetAtt(logical, "NatGatewayId".to_owned()),
        (Kind::ElasticIp, _) => Value::GetAtt(logical, "AllocationId".to_owned()),
        // Each entry is `HOSTED-ZONE:HOST`; the first is the Regional one.
        (Kind::Endpoint, Attribute::DnsName) => {
            let first = Value::Select(0, Box::new(Value::GetAtt(logical, "DnsEntries".to_owned())));
            Value::Select(1, Box::new(Value::Split(":".to_owned(), Box::new(first))))
        }
        (_, Attribute::Arn | Attribute::Streams) => Value::GetAtt(logical, "Arn".to_owned()),
        (_, Attribute::Id | Attribute::Name | Attribute::DnsName | Attribute::Host) => Value::Ref(logical),
    }
}

/// Texts one after the other: `!Sub`, or plain text when all of it is known.
fn joined(plan: &Plan, parts: &[Text]) -> Value {
    let mut template = String::new();
    let mut values = Vec::new();
    let mut is_known = true;
    for part in parts {
        let mut variable = |value: Value, template: &mut String| {
            let name = format!("Value{}", values.len() + 1);
            template.push_str(&format!("${{{name}}}"));
            values.push((name, value));
        };
        is_known &= part.literal().is_some();
        match value(plan, part) {
            // `${` would be taken for a reference, so it comes in as a value.
            Value::Text(text) if text.contains("${") => variable(Value::Text(text), &mut template),
            Value::Text(text) => template.push_str(&text),
            Value::Ref(name) => template.push_str(&format!("${{{name}}}")),
            Value::GetAtt(id, attribute) => template.push_str(&format!("${{{id}.{attribute}}}")),
            other => variable(other, &mut template),
        }
    }
    if is_known {
        return Value::Text(parts.iter().filter_map(Text::literal).collect());
    }
    // A text that ends in `$` before a variable would make `$${`.
    if values.is_empty() { Value::Sub(template) } else { Value::SubWith(template, values) }
}
