//! What an override may say (CloudFormation user guide, "Properties"; Terraform documentation, "Arguments and blocks").

use serde_json::{Map, Value};

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::target::terraform::BLOCKS;

pub static CODE: Code = Code {
    name: "override-value-invalid",
    level: Level::Error,
    summary: "an override says what no template can hold",
    explanation: "Properties are merged over what was generated as they stand, so each must have a name that the target knows how to write, \
        and a value: text, a whole number, true or false, a list or a map. To take a property away from CloudFormation write \
        `{ Ref: AWS::NoValue }`; in Terraform `null` does it. What is a block in Terraform (`vpc_config`) is a map here.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let overrides = &subject.spec.overrides;
    for (id, properties) in &overrides.cloudformation {
        let route = Route::to("overrides.cloudformation").key(id);
        for name in properties.keys().filter(|name| !is_word(name)) {
            found.push(name_invalid(&route, name, "write a property of CloudFormation, such as `MemorySize`"));
        }
        values(properties, &route, Some("write `{ Ref: AWS::NoValue }` to take the property away"), &mut found);
    }
    for (address, arguments) in &overrides.terraform {
        let route = Route::to("overrides.terraform").key(address);
        blocks(arguments, &route, &mut found);
        values(arguments, &route, None, &mut found);
    }
    found
}

/// Arguments of a block, and of the blocks in it.
fn blocks(arguments: &Map<String, Value>, route: &Route, found: &mut Vec<Diagnostic>) {
    for (name, value) in arguments {
        if !is_word(name) {
            found.push(name_invalid(route, name, "write an argument of Terraform, such as `memory_size`"));
        } else if BLOCKS.contains(&name.as_str()) {
            match value {
                Value::Object(inner) => blocks(inner, &route.key(name), found),
                _ => found.push(
                    Diagnostic::at(&CODE, route.key(name), format!("`{name}` is a block in Terraform, not an argument"))
                        .help("write a map with the block's arguments"),
                ),
            }
        }
    }
}

fn name_invalid(route: &Route, name: &str, help: &str) -> Diagnostic {
    Diagnostic::at_key(&CODE, route.key(name), format!("`{name}` is not a property's name")).help(help)
}

/// Values that neither target can print; `null` where it means nothing.
fn values(properties: &Map<String, Value>, route: &Route, null: Option<&str>, found: &mut Vec<Diagnostic>) {
    properties.iter().for_each(|(name, value)| self::value(value, &route.key(name), null, found));
}

fn value(value: &Value, route: &Route, null: Option<&str>, found: &mut Vec<Diagnostic>) {
    match (value, null) {
        (Value::Null, Some(help)) => {
            found.push(Diagnostic::at(&CODE, route.clone(), "CloudFormation has no `null`").help(help));
        }
        (Value::Number(number), _) if number.as_i64().is_none() => found.push(
            Diagnostic::at(&CODE, route.clone(), format!("{number} is not a whole number that a template can hold"))
                .help(format!("if text is meant, put quotes around it: \"{number}\"")),
        ),
        (Value::Array(items), _) => {
            items.iter().enumerate().for_each(|(index, item)| self::value(item, &route.index(index), null, found));
        }
        (Value::Object(map), _) => values(map, route, null, found),
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => {}
    }
}

/// A letter or underscore, then letters, digits, underscores, hyphens.
fn is_word(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
