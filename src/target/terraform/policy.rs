//! Policy documents in Terraform's words.

use super::document::{Block, Body, Expression};
use super::text::{expression, list};
use crate::plan::{Condition, Document, Effect, Plan, Principal, Statement};

/// A policy document as a data source; `skips` are comments for the judges.
pub fn data(plan: &Plan, label: &str, document: &Document, skips: Body) -> Block {
    let body = document.0.iter().fold(skips, |body, statement| body.blank().block(self::statement(plan, statement)));
    Block::new("data", ["aws_iam_policy_document", label], body)
}

/// The JSON text of the data source.
pub fn json(label: &str) -> Expression {
    Expression::Traversal(format!("data.aws_iam_policy_document.{label}.json"))
}

fn statement(plan: &Plan, statement: &Statement) -> Block {
    let strings = |texts: &[&str]| Expression::List(texts.iter().map(|text| Expression::from(*text)).collect());
    let mut body = Body::new().with("sid", statement.sid);
    if statement.effect == Effect::Deny {
        body = body.with("effect", "Deny");
    }
    body = body.with("actions", strings(&statement.actions));
    if !statement.resources.is_empty() {
        body = body.with("resources", list(plan, &statement.resources));
    }
    let principal = match &statement.principal {
        None => None,
        Some(Principal::Service(service)) => Some(("Service", Expression::from(*service))),
        Some(Principal::Arn(arn)) => Some(("AWS", expression(plan, arn))),
        Some(Principal::Anyone) => Some(("*", Expression::from("*"))),
    };
    if let Some((kind, identifier)) = principal {
        let principals = Body::new().with("type", kind).with("identifiers", Expression::List(vec![identifier]));
        body = body.blank().block(Block::plain("principals", principals));
    }
    for condition in &statement.conditions {
        body = body.blank().block(Block::plain("condition", self::condition(plan, condition)));
    }
    Block::plain("statement", body).commented(statement.why)
}

fn condition(plan: &Plan, condition: &Condition) -> Body {
    Body::new()
        .with("test", condition.operator)
        .with("variable", condition.key)
        .with("values", list(plan, &condition.values))
}

/// A policy document as an expression, for a key's policy: a judge takes every data source for an identity's policy,
/// in which a key's `*` would be a fault.
pub fn jsonencode(plan: &Plan, document: &Document) -> Expression {
    let statements = document
        .0
        .iter()
        .map(|statement| {
            let mut map: Vec<(&str, Expression)> = vec![
                ("Sid", statement.sid.into()),
                ("Effect", if statement.effect == Effect::Deny { "Deny" } else { "Allow" }.into()),
            ];
            match &statement.principal {
                None => {}
                Some(Principal::Service(service)) => {
                    map.push(("Principal", Expression::map([("Service", Expression::from(*service))])));
                }
                Some(Principal::Arn(arn)) => map.push(("Principal", Expression::map([("AWS", expression(plan, arn))]))),
                Some(Principal::Anyone) => map.push(("Principal", "*".into())),
            }
            map.push((
                "Action",
                one_or_list(statement.actions.iter().map(|action| Expression::from(*action)).collect()),
            ));
            map.push((
                "Resource",
                one_or_list(statement.resources.iter().map(|resource| expression(plan, resource)).collect()),
            ));
            Expression::map(map)
        })
        .collect();
    let document =
        Expression::map([("Version", Expression::from("2012-10-17")), ("Statement", Expression::List(statements))]);
    Expression::call("jsonencode", [document])
}

fn one_or_list(mut expressions: Vec<Expression>) -> Expression {
    match expressions.len() {
        1 => expressions.swap_remove(0),
        _ => Expression::List(expressions),
    }
}
