//! Roles, policies and alerts in Terraform's words.

use super::ResourceBlock;
use super::document::{Block, Body, Expression};
use super::names::{attachment_label, label};
use super::text::expression;
use super::{policy, skips};
use crate::plan::{Exception, Holder, Plan, Planned, Resource, Text};

/// The blocks of a role or a policy.
pub fn iam_blocks(plan: &Plan, planned: &Planned) -> Vec<Block> {
    match &planned.what {
        Resource::Role { name, description, trust, boundary } => {
            let trust_label = format!("{}_trust", label(&planned.id));
            let role = ResourceBlock::new(plan, planned)
                .with(|body| {
                    body.with("name", expression(plan, name))
                        .with("description", description.as_str())
                        .with("assume_role_policy", policy::json(&trust_label))
                        .with_some("permissions_boundary", boundary.as_ref().map(|boundary| expression(plan, boundary)))
                })
                .tagged(None)
                .finish();
            let trust = policy::data(plan, &trust_label, trust, Body::new())
                .commented("Who may assume the role: Lambda, for functions of this account.");
            vec![trust, role]
        }
        Resource::Policy { name, description, document, holders } => {
            let label = label(&planned.id);
            // What is said about a user stands at the user's attachment.
            let (of_users, of_document): (Vec<_>, Vec<_>) =
                planned.exceptions.iter().partition(|exception| **exception == Exception::AttachedToUser);
            let data = policy::data(plan, &label, document, skips(of_document)).commented(&planned.purpose);
            let policy_body = Body::new()
                .with("name", expression(plan, name))
                .with("description", description.as_str())
                .with("policy", policy::json(&label));
            let mut block = ResourceBlock::new(plan, planned).with(|_| policy_body).tagged(None).finish();
            block.comment = None;
            let mut blocks = vec![data, block];
            let arn = Expression::Traversal(format!("aws_iam_policy.{label}.arn"));
            for (position, holder) in holders.iter().enumerate() {
                let (kind, argument, name, body) = match holder {
                    Holder::Role(name) => ("aws_iam_role_policy_attachment", "role", name, Body::new()),
                    Holder::User(name) => {
                        ("aws_iam_user_policy_attachment", "user", name, skips(of_users.iter().copied()))
                    }
                };
                let body = body.with(argument, expression(plan, name)).with("policy_arn", arn.clone());
                let label = attachment_label(&planned.id, position, holders.len());
                blocks.push(Block::new("resource", [kind.to_owned(), label], body));
            }
            blocks
        }
        _ => Vec::new(),
    }
}

/// The blocks of a topic, an alarm or a rule.
pub fn alert_blocks(plan: &Plan, planned: &Planned) -> Vec<Block> {
    let of = |text: &Text| expression(plan, text);
    let block = ResourceBlock::new(plan, planned);
    match &planned.what {
        Resource::Topic { name } => vec![block.with(|body| body.with("name", name.as_str())).tagged(None).finish()],
        Resource::TopicPolicy { topic, document } => {
            let data_label = format!("{}_topic", label(&planned.id));
            let arn = Expression::Traversal(format!("aws_sns_topic.{}.arn", label(topic)));
            vec![
                policy::data(plan, &data_label, document, Body::new()),
                block.with(|body| body.with("arn", arn).with("policy", policy::json(&data_label))).finish(),
            ]
        }
        Resource::Subscription { topic, email } => vec![
            block
                .with(|body| {
                    body.with("topic_arn", of(topic)).with("protocol", "email").with("endpoint", email.as_str())
                })
                .finish(),
        ],
        Resource::Alarm { name, description, function, topic } => vec![
            block
                .with(|body| {
                    body.with("alarm_name", name.as_str())
                        .with("alarm_description", description.as_str())
                        .blank()
                        .with("namespace", "AWS/Lambda")
                        .with("metric_name", "Errors")
                        .with("dimensions", Expression::map([("FunctionName", of(function))]))
                        .with("statistic", "Sum")
                        .with("period", 300)
                        .with("evaluation_periods", 1)
                        .with("comparison_operator", "GreaterThanThreshold")
                        .with("threshold", 0)
                        .with("treat_missing_data", "notBreaching")
                        .blank()
                        .with("alarm_actions", Expression::List(vec![of(topic)]))
                })
                .tagged(None)
                .finish(),
        ],
        Resource::FailureEvents { name, secret, managed, topic } => {
            let pattern = Expression::call("jsonencode", [failure_pattern(&of(secret), *managed)]);
            let rule = block
                .with(|body| {
                    body.with("name", name.as_str())
                        .with("description", planned.purpose.as_str())
                        .with("event_pattern", pattern)
                })
                .tagged(None)
                .finish();
            vec![rule, target(planned, "alerts", of(topic), None)]
        }
        Resource::DailyCheck { name, secret, function } => {
            let input = Expression::call(
                "jsonencode",
                [Expression::map([("Check", Expression::from("overdue")), ("SecretId", of(secret))])],
            );
            let rule = block
                .with(|body| {
                    body.with("name", name.as_str())
                        .with("description", planned.purpose.as_str())
                        .with("schedule_expression", "rate(1 day)")
                })
                .tagged(None)
                .finish();
            vec![rule, target(planned, "function", of(function), Some(input))]
        }
        _ => Vec::new(),
    }
}

fn target(planned: &Planned, id: &str, arn: Expression, input: Option<Expression>) -> Block {
    let label = label(&planned.id);
    let body = Body::new()
        .with("rule", Expression::Traversal(format!("aws_cloudwatch_event_rule.{label}.name")))
        .with("target_id", id)
        .with("arn", arn)
        .with_some("input", input);
    Block::new("resource", ["aws_cloudwatch_event_target".to_owned(), label], body)
}

/// See the CloudFormation target's pattern of the same name.
fn failure_pattern(secret: &Expression, managed: bool) -> Expression {
    let list = |expression: Expression| Expression::List(vec![expression]);
    let strings = |texts: &[&str]| Expression::List(texts.iter().map(|text| Expression::from(*text)).collect());
    let in_additional = ("additionalEventData", Expression::map([("SecretId", list(secret.clone()))]));
    let mut detail = vec![
        ("eventSource", strings(&["secretsmanager.amazonaws.com"])),
        ("eventName", strings(&["RotationFailed", "RotationAbandoned", "TestRotationFailed"])),
    ];
    if managed {
        let in_details = ("serviceEventDetails", Expression::map([("secretId", list(secret.clone()))]));
        detail.push(("$or", Expression::List(vec![Expression::map([in_additional]), Expression::map([in_details])])));
    } else {
        detail.push(in_additional);
    }
    Expression::map([
        ("source", strings(&["aws.secretsmanager"])),
        ("detail-type", strings(&["AWS Service Event via CloudTrail"])),
        ("detail", Expression::map(detail)),
    ])
}
