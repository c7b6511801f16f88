//! The secret, its key and its first value in Terraform's words.

use super::ResourceBlock;
use super::document::{Block, Body, Expression};
use super::names::{connection_source, label};
use super::policy;
use super::text::expression;
use crate::plan::naming::snake;
use crate::plan::{CharacterClass, Connection, Plan, Planned, Resource, Secret, SecretValue};

/// The label that keeps AWS from ever removing the first version.
const PIN: &str = "ROTAFORM_INITIAL";

/// The blocks of a key, an alias, a secret or a connection.
pub fn blocks(plan: &Plan, planned: &Planned) -> Vec<Block> {
    match &planned.what {
        Resource::Key { description, policy, retain } => {
            let block = ResourceBlock::new(plan, planned)
                .with(|body| {
                    body.with("description", description.as_str())
                        .with("enable_key_rotation", true)
                        .with("policy", policy::jsonencode(plan, policy))
                })
                .tagged(None)
                .with(|body| if *retain { protected(body) } else { body });
            vec![block.finish()]
        }
        Resource::KeyAlias { name, key } => {
            let target = Expression::Traversal(format!("aws_kms_key.{}.key_id", label(key)));
            let block = ResourceBlock::new(plan, planned)
                .with(|body| body.with("name", name.as_str()).with("target_key_id", target));
            vec![block.finish()]
        }
        Resource::Secret(secret) => {
            vec![self::secret(plan, planned, secret), first_password(secret), first_version(plan, secret)]
        }
        Resource::Connection(connection) => vec![source(plan, connection)],
        _ => Vec::new(),
    }
}

fn protected(body: Body) -> Body {
    body.blank().block(Block::plain("lifecycle", Body::new().with("prevent_destroy", true)))
}

fn secret(plan: &Plan, planned: &Planned, secret: &Secret) -> Block {
    let name = match &secret.name {
        Some(name) => ("name", name.clone()),
        None => ("name_prefix", format!("{}-", plan.name)),
    };
    ResourceBlock::new(plan, planned)
        .with(|body| {
            let mut body = body
                .with(name.0, name.1)
                .with("description", secret.description.as_str())
                .with_some("kms_key_id", secret.key.as_ref().map(|key| expression(plan, key)))
                .with_some("recovery_window_in_days", secret.recovery_days.map(i64::from));
            for (region, key) in &secret.replicas {
                let replica = Body::new()
                    .with("region", region.as_str())
                    .with_some("kms_key_id", key.as_ref().map(|key| expression(plan, key)));
                body = body.blank().block(Block::plain("replica", replica));
            }
            body
        })
        .tagged(None)
        .with(|body| if secret.retain { protected(body) } else { body })
        .finish()
}

fn first_password(secret: &Secret) -> Block {
    let mut body = Body::new()
        .with("password_length", i64::from(secret.password.length))
        .with("exclude_characters", secret.password.exclude.as_str());
    for class in secret.password.excluded_classes() {
        let flag = match class {
            CharacterClass::Lowercase => "exclude_lowercase",
            CharacterClass::Numbers => "exclude_numbers",
            CharacterClass::Punctuation => "exclude_punctuation",
            CharacterClass::Uppercase => "exclude_uppercase",
        };
        body = body.with(flag, true);
    }
    let body = body.with("require_each_included_type", true);
    Block::new("ephemeral", ["aws_secretsmanager_random_password", "first"], body)
        .commented("The first password. An ephemeral value: it is in no state file, no plan and no log.")
}

fn first_version(plan: &Plan, secret: &Secret) -> Block {
    let mut keys: Vec<(String, Expression)> = vec![
        ("username".to_owned(), secret.username.as_str().into()),
        (
            "password".to_owned(),
            Expression::reference("ephemeral.aws_secretsmanager_random_password.first.random_password"),
        ),
    ];
    for key in &secret.keys {
        let value = match &key.value {
            SecretValue::Text(text) => expression(plan, text),
            SecretValue::Number(number) => Expression::Integer(i64::from(*number)),
            SecretValue::True => Expression::Boolean(true),
        };
        keys.push((key.name.clone(), value));
    }
    let mut lifecycle = Body::new();
    if secret.retain {
        lifecycle = lifecycle.with("prevent_destroy", true);
    }
    let ignored = ["secret_string_wo_version", "version_stages"].map(Expression::reference);
    lifecycle = lifecycle.with("ignore_changes", Expression::List(ignored.to_vec()));
    let body = Body::new()
        .with("secret_id", Expression::reference("aws_secretsmanager_secret.this.id"))
        .with("secret_string_wo", Expression::call("jsonencode", [Expression::Map(keys)]))
        .with("secret_string_wo_version", 1)
        .with("version_stages", vec!["AWSCURRENT", PIN])
        .blank()
        .block(Block::plain("lifecycle", lifecycle));
    Block::new("resource", ["aws_secretsmanager_secret_version", "first"], body).commented(format!(
        "The first value, written once. Rotation soon takes its labels away; a version without a label is removed by \
         AWS, Terraform would then plan to create it again, and the first password would come back over the live one. \
         So the version carries a label of its own, {PIN}: AWS never removes a labelled version. The labels that \
         rotation moves are ignored, since putting them back would make the first password current; so is the \
         version number, since a new one would write a new password that the database does not know."
    ))
}

fn source(plan: &Plan, connection: &Connection) -> Block {
    let (kind, argument, _) = connection_source(connection);
    let body = Body::new().with(argument, expression(plan, &connection.identifier));
    Block::new("data", [kind, "this"], body)
        .commented("Where the database is; the secret's first value says so to its clients.")
}

/// A variable's, local's or output's name.
pub fn identifier(name: &str) -> String {
    snake(name)
}
