//! The plan as Terraform files, usable as a root module and as a child module.

mod compute;
pub mod document;
mod files;
pub mod hcl;
pub mod json;
mod names;
mod network;
mod people;
mod policy;
mod secret;
mod text;

pub use names::{BLOCKS, address};

use self::document::{Block, Body, Expression, Structure};
use self::files::File;
use super::judges::suppression;
use super::{CodeName, Format};
use crate::plan::{Exception, Plan, Planned, Resource};

/// Each file's path in a bundle, and its text.
pub fn lower(plan: &Plan, code: &CodeName, format: Format) -> Vec<(String, String)> {
    files::files(plan, code)
        .into_iter()
        .filter(|(_, body)| !body.is_empty())
        .map(|(file, body)| {
            let name = file.name();
            match format {
                Format::Native => (format!("terraform/{name}.tf"), hcl::print(&body)),
                Format::Json => (format!("terraform/{name}.tf.json"), json::print(&body)),
            }
        })
        .collect()
}

/// The addresses that an override may name: each planned resource's main block.
pub fn addresses(plan: &Plan) -> Vec<String> {
    let is_made = |planned: &&Planned| !matches!(planned.what, Resource::Connection(_));
    plan.resources.iter().filter(is_made).map(address).collect()
}

/// The blocks that a planned resource becomes, in the file that they belong to.
fn blocks(plan: &Plan, planned: &Planned) -> (File, Vec<Block>) {
    match &planned.what {
        Resource::Key { .. } | Resource::KeyAlias { .. } | Resource::Secret(_) | Resource::Connection(_) => {
            (File::Main, secret::blocks(plan, planned))
        }
        Resource::Function(_)
        | Resource::LogGroup { .. }
        | Resource::InvokePermission { .. }
        | Resource::Schedule(_) => (File::Main, compute::blocks(plan, planned)),
        Resource::Topic { .. }
        | Resource::TopicPolicy { .. }
        | Resource::Subscription { .. }
        | Resource::Alarm { .. }
        | Resource::FailureEvents { .. }
        | Resource::DailyCheck { .. } => (File::Main, people::alert_blocks(plan, planned)),
        Resource::Role { .. } | Resource::Policy { .. } => (File::Iam, people::iam_blocks(plan, planned)),
        Resource::SecurityGroup { .. }
        | Resource::Ingress { .. }
        | Resource::Endpoint { .. }
        | Resource::ElasticIp { .. }
        | Resource::NatGateway { .. }
        | Resource::Route { .. } => (File::Network, network::blocks(plan, planned)),
    }
}

/// The title of the section that a planned resource stands in.
fn section(planned: &Planned) -> &'static str {
    if planned.origin.to_string().starts_with("alerts") {
        return "Alerts";
    }
    match &planned.what {
        Resource::Key { .. } | Resource::KeyAlias { .. } | Resource::Secret(_) | Resource::Connection(_) => "Secret",
        Resource::LogGroup { .. } | Resource::Function(_) => "Function",
        Resource::InvokePermission { .. } | Resource::Schedule(_) => "Rotation",
        Resource::Topic { .. }
        | Resource::TopicPolicy { .. }
        | Resource::Subscription { .. }
        | Resource::Alarm { .. }
        | Resource::FailureEvents { .. }
        | Resource::DailyCheck { .. } => "Alerts",
        Resource::Role { .. } | Resource::Policy { .. } => "Permissions",
        Resource::SecurityGroup { .. } | Resource::Ingress { .. } => "Security groups",
        Resource::Endpoint { .. }
        | Resource::ElasticIp { .. }
        | Resource::NatGateway { .. }
        | Resource::Route { .. } => "The way to Secrets Manager",
    }
}

/// A resource block with the comments of its departures, its own body, its tags, and what it waits for.
struct ResourceBlock<'p> {
    plan: &'p Plan,
    planned: &'p Planned,
    body: Body,
}

impl<'p> ResourceBlock<'p> {
    fn new(plan: &'p Plan, planned: &'p Planned) -> Self {
        Self { plan, planned, body: skips(&planned.exceptions) }
    }

    fn with(mut self, body: impl FnOnce(Body) -> Body) -> Self {
        self.body = body(self.body);
        self
    }

    /// The plan's tags, and a `Name` where people look for one.
    fn tagged(mut self, name: Option<&str>) -> Self {
        let own =
            name.filter(|_| !self.plan.tags.contains_key("Name")).map(|name| ("Name".to_owned(), name.to_owned()));
        let tags: Vec<(String, String)> = own.into_iter().chain(self.plan.tags.clone()).collect();
        if !tags.is_empty() {
            self.body = self.body.blank().with("tags", Expression::map(tags));
        }
        self
    }

    /// What it waits for besides what it names.
    fn ordered(mut self) -> Self {
        let after: Vec<Expression> =
            self.planned.after.iter().flat_map(|id| names::awaited(self.plan, id)).map(Expression::Traversal).collect();
        if !after.is_empty() {
            self.body = self.body.blank().with("depends_on", Expression::List(after));
        }
        self
    }

    fn finish(self) -> Block {
        let (kind, label) = names::type_and_label(self.planned);
        let mut body = self.body;
        if let Some(overrides) = self.plan.overrides.terraform.get(&format!("{kind}.{label}")) {
            overlay(&mut body, overrides);
        }
        Block::new("resource", [kind.to_owned(), label], body).commented(&self.planned.purpose)
    }
}

/// Checkov's skip comments, each with its reason.
fn skips<'e>(exceptions: impl IntoIterator<Item = &'e Exception>) -> Body {
    let mut body = Body::new();
    for exception in exceptions {
        let suppression = suppression(*exception);
        if !suppression.checkov_terraform.is_empty() {
            body = body.comment(format!(
                "checkov:skip={}:{}",
                suppression.checkov_terraform.join(","),
                suppression.reason
            ));
        }
    }
    if body.is_empty() { body } else { body.blank() }
}

/// The user's own arguments over what was generated: maps and single blocks merge, all else replaces.
fn overlay(body: &mut Body, over: &serde_json::Map<String, serde_json::Value>) {
    for (key, value) in over {
        let found = body.0.iter_mut().find(|structure| match structure {
            Structure::Attribute { name, .. } => name == key,
            Structure::Block(block) => block.kind == *key && value.is_object(),
            Structure::Comment(_) | Structure::Blank | Structure::Banner(_) => false,
        });
        match (found, value) {
            (Some(Structure::Block(block)), serde_json::Value::Object(inner)) => overlay(&mut block.body, inner),
            (Some(Structure::Attribute { value: Expression::Map(entries), .. }), serde_json::Value::Object(inner)) => {
                for (key, value) in inner {
                    let value = from_json(value);
                    match entries.iter_mut().find(|(known, _)| known == key) {
                        Some((_, slot)) => *slot = value,
                        None => entries.push((key.clone(), value)),
                    }
                }
            }
            (Some(Structure::Attribute { value: slot, .. }), value) => *slot = from_json(value),
            // At the end, where it is easy to see.
            (_, serde_json::Value::Object(inner)) if BLOCKS.contains(&key.as_str()) => {
                let mut block = Body::new();
                overlay(&mut block, inner);
                body.push(Structure::Block(Block::plain(key, block)));
            }
            (_, value) => {
                body.push(Structure::Blank);
                body.push(Structure::Attribute { name: key.clone(), value: from_json(value) });
            }
        }
    }
}

fn from_json(value: &serde_json::Value) -> Expression {
    match value {
        serde_json::Value::Null => Expression::Null,
        serde_json::Value::Bool(boolean) => Expression::Boolean(*boolean),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or_else(|| Expression::Traversal(number.to_string()), Expression::Integer)
        }
        serde_json::Value::String(text) => Expression::Text(text.clone()),
        serde_json::Value::Array(items) => Expression::List(items.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => {
            Expression::Map(map.iter().map(|(key, value)| (key.clone(), from_json(value))).collect())
        }
    }
}
