//! Policy documents in CloudFormation's words.

use super::document::{Item, Map, Value};
use super::text::{value, values};
use crate::plan::{Document, Effect, Plan, Principal, Statement};

/// A policy document.
pub fn document(plan: &Plan, document: &Document) -> Map {
    let statements = document
        .0
        .iter()
        .map(|statement| Item::new(self::statement(plan, statement)).commented(statement.why))
        .collect();
    Map::new().with("Version", "2012-10-17").with("Statement", Value::List(statements))
}

fn statement(plan: &Plan, statement: &Statement) -> Map {
    let mut map = Map::new().with("Sid", statement.sid).with(
        "Effect",
        match statement.effect {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        },
    );
    match &statement.principal {
        None => {}
        Some(Principal::Service(service)) => map.push("Principal", Map::new().with("Service", *service)),
        Some(Principal::Arn(arn)) => map.push("Principal", Map::new().with("AWS", value(plan, arn))),
        Some(Principal::Anyone) => map.push("Principal", "*"),
    }
    match statement.actions.as_slice() {
        [only] => map.push("Action", *only),
        several => map.push("Action", several.to_vec()),
    }
    match statement.resources.as_slice() {
        [] => {}
        [only] => map.push("Resource", value(plan, only)),
        several => map.push("Resource", values(plan, several)),
    }
    let mut operators: Vec<(&str, Map)> = Vec::new();
    for condition in &statement.conditions {
        let expected = match condition.values.as_slice() {
            [only] => value(plan, only),
            several => values(plan, several).into(),
        };
        match operators.iter_mut().find(|(operator, _)| *operator == condition.operator) {
            Some((_, keys)) => keys.push(condition.key, expected),
            None => operators.push((condition.operator, Map::new().with(condition.key, expected))),
        }
    }
    if !operators.is_empty() {
        let mut conditions = Map::new();
        operators.into_iter().for_each(|(operator, keys)| conditions.push(operator, keys));
        map.push("Condition", conditions);
    }
    map
}
