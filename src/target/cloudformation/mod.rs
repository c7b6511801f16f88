//! The plan as a CloudFormation template.

pub mod document;
pub mod json;
mod names;
mod network;
mod parameters;
mod policy;
mod resource;
mod schedule;
mod secret;
mod text;
pub mod yaml;

use std::collections::BTreeSet;

pub use names::{logical_id, parameter as parameter_name};

use self::document::{Entry, Item, Map, Value};
use super::judges::{Suppression, suppression};
use super::{CodeName, Format};
use crate::plan::{Id, Kind, Plan, Planned, Resource};

/// The template's path in a bundle, and its text.
pub fn lower(plan: &Plan, code: &CodeName, format: Format) -> (String, String) {
    let template = template(plan, code);
    match format {
        Format::Native => ("cloudformation/template.yaml".to_owned(), yaml::print(&template)),
        Format::Json => ("cloudformation/template.json".to_owned(), json::print(&template)),
    }
}

/// The logical ids that an override may name.
pub fn logical_ids(plan: &Plan) -> Vec<String> {
    let exists = |planned: &&Planned| resource::properties(plan, planned).is_some();
    plan.resources.iter().filter(exists).map(|planned| logical_id(&planned.id)).collect()
}

/// The part of the template that must not change over a live password: what makes a new value or a new secret.
pub fn first_value(plan: &Plan) -> Option<String> {
    plan.resources.iter().find_map(|planned| match &planned.what {
        Resource::Secret(secret) => Some(json::print(&secret::first_value(plan, secret))),
        _ => None,
    })
}

fn template(plan: &Plan, code: &CodeName) -> Map {
    let mut template = Map::new().with("AWSTemplateFormatVersion", "2010-09-09");
    if plan.is_hosted() {
        template = template.with_entry(
            Entry::new("Transform", "AWS::SecretsManager-2024-09-16")
                .commented("Makes AWS's own rotation function in a nested stack: deploy with CAPABILITY_AUTO_EXPAND."),
        );
    }
    template.push("Description", plan.description.as_str());
    let parameters = parameters::parameters(plan, code);
    if !parameters.is_empty() {
        template = template.with_entry(Entry::new("Parameters", parameters).apart());
    }
    template = template.with_entry(Entry::new("Resources", resources(plan)).apart());
    let outputs = outputs(plan);
    if !outputs.is_empty() {
        template = template.with_entry(Entry::new("Outputs", outputs).apart());
    }
    template
}

fn resources(plan: &Plan) -> Map {
    let mut resources = Map::new();
    for planned in &plan.resources {
        let Some((aws_type, properties)) = resource::properties(plan, planned) else { continue };
        let mut properties = properties;
        let id = logical_id(&planned.id);
        if let Some(overrides) = plan.overrides.cloudformation.get(&id) {
            overlay(&mut properties, overrides);
        }
        let entry = Entry::new(&id, resource_entry(plan, planned, aws_type, properties)).commented(&planned.purpose);
        resources.0.push(if resources.is_empty() { entry } else { entry.apart() });
    }
    resources
}

fn resource_entry(plan: &Plan, planned: &Planned, aws_type: &str, properties: Map) -> Map {
    let mut entry = Map::new().with("Type", aws_type);
    let depends_on = depends_on(plan, planned, &properties);
    match depends_on.as_slice() {
        [] => {}
        [only] => entry.push("DependsOn", only.as_str()),
        several => entry.push("DependsOn", several.to_vec()),
    }
    if let Some((delete, replace)) = deletion_policies(plan, &planned.what) {
        entry.push("DeletionPolicy", delete);
        entry.push("UpdateReplacePolicy", replace);
    }
    if let Some(metadata) = metadata(planned) {
        entry.push("Metadata", metadata);
    }
    if !properties.is_empty() {
        entry.push("Properties", properties);
    }
    entry
}

/// What a resource waits for, without what its properties name anyway.
fn depends_on(plan: &Plan, planned: &Planned, properties: &Map) -> Vec<String> {
    let mut named = BTreeSet::new();
    references(&Value::Map(properties.clone()), &mut named);
    let exists =
        |id: &Id| plan.resources.iter().any(|other| other.id == *id && resource::properties(plan, other).is_some());
    // A group's ways out are part of it here, and the ways in name it: nothing more to wait for.
    let after = planned.after.iter().filter(|id| id.kind != Kind::SecurityGroup && exists(id));
    after.map(logical_id).filter(|id| !named.contains(id)).collect()
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Ref(id) | Value::GetAtt(id, _) => {
            found.insert(id.clone());
        }
        Value::Sub(text) | Value::SubWith(text, _) => {
            for name in text.split("${").skip(1).filter_map(|rest| rest.split('}').next()) {
                found.insert(name.split('.').next().unwrap_or(name).to_owned());
            }
            if let Value::SubWith(_, values) = value {
                values.iter().for_each(|(_, value)| references(value, found));
            }
        }
        Value::List(items) => items.iter().for_each(|item| references(&item.value, found)),
        Value::Map(map) => map.0.iter().for_each(|entry| references(&entry.value, found)),
        Value::ImportValue(inner) | Value::Select(_, inner) | Value::Split(_, inner) => references(inner, found),
        Value::Boolean(_) | Value::Integer(_) | Value::Text(_) => {}
    }
}

/// What becomes of a stateful resource when it leaves the stack, and when an update replaces it.
fn deletion_policies(plan: &Plan, what: &Resource) -> Option<(&'static str, &'static str)> {
    let retain = match what {
        Resource::Secret(secret) => secret.retain,
        // Removing an attachment takes host and port out of the secret, which may live on.
        Resource::Connection(_) => plan.resources.iter().any(|other| match &other.what {
            Resource::Secret(secret) => secret.retain,
            _ => false,
        }),
        Resource::Key { retain, .. } => *retain,
        // Lines about passwords that changed are worth little without the stack, and a kept group would stop the next deployment.
        Resource::LogGroup { .. } => false,
        _ => return None,
    };
    // A stack that failed to come up leaves nothing behind; a live password is kept even when its secret is replaced.
    Some(if retain { ("RetainExceptOnCreate", "Retain") } else { ("Delete", "Delete") })
}

fn metadata(planned: &Planned) -> Option<Map> {
    let suppressions: Vec<Suppression> = planned.exceptions.iter().map(|exception| suppression(*exception)).collect();
    let guard: Vec<Item> = suppressions
        .iter()
        .flat_map(|suppression| suppression.guard.iter().map(|rule| Item::new(*rule).commented(suppression.reason)))
        .collect();
    let checkov: Vec<Map> = suppressions
        .iter()
        .flat_map(|suppression| {
            suppression
                .checkov_cloudformation
                .iter()
                .map(|id| Map::new().with("id", *id).with("comment", suppression.reason))
        })
        .collect();
    let mut metadata = Map::new();
    if !guard.is_empty() {
        metadata.push("guard", Map::new().with("SuppressedRules", Value::List(guard)));
    }
    if !checkov.is_empty() {
        metadata.push("checkov", Map::new().with("skip", checkov));
    }
    (!metadata.is_empty()).then_some(metadata)
}

fn outputs(plan: &Plan) -> Map {
    let mut outputs = Map::new();
    for output in &plan.outputs {
        let value = text::value(plan, &output.value);
        let entry = Entry::new(output.name, Map::new().with("Description", output.description).with("Value", value));
        outputs.0.push(if outputs.is_empty() { entry } else { entry.apart() });
    }
    outputs
}

/// The user's own properties over what was generated: maps merge, all else replaces.
fn overlay(properties: &mut Map, over: &serde_json::Map<String, serde_json::Value>) {
    for (key, value) in over {
        match properties.0.iter_mut().find(|entry| entry.key == *key) {
            Some(entry) => match (&mut entry.value, value) {
                (Value::Map(map), serde_json::Value::Object(inner)) => overlay(map, inner),
                (slot, value) => *slot = from_json(value),
            },
            None => properties.push(key, from_json(value)),
        }
    }
}

fn from_json(value: &serde_json::Value) -> Value {
    match value {
        // Refused before the plan.
        serde_json::Value::Null => Value::reference("AWS::NoValue"),
        serde_json::Value::Bool(boolean) => Value::Boolean(*boolean),
        serde_json::Value::Number(number) => number.as_i64().map_or_else(|| number.to_string().into(), Value::Integer),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(|item| Item::new(from_json(item))).collect()),
        serde_json::Value::Object(map) => {
            let mut out = Map::new();
            map.iter().for_each(|(key, value)| out.push(key, from_json(value)));
            Value::Map(out)
        }
    }
}
