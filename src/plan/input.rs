//! What the plan takes in when it is deployed.

use std::collections::BTreeSet;

use super::Text;
use super::naming::{pascal, snake};
use crate::spec::Value;

/// A value that is known only when the plan is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What texts of the plan call it by: its name, or for a lookup what is looked up.
    pub key: String,
    /// Its name in PascalCase; Terraform's is the same in `snake_case`.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What kind of value it is.
    pub kind: ValueKind,
    /// Where it comes from.
    pub from: From,
}

/// What kind of value an input is: CloudFormation checks some kinds before it deploys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// A VPC's identifier.
    Vpc,
    /// A subnet's identifier.
    Subnet,
    /// A security group's identifier.
    SecurityGroup,
    /// A route table's identifier.
    RouteTable,
    /// A secret's ARN, with the six characters that AWS adds: policies need all of it.
    SecretArn,
    /// A key's ARN; an alias does not do, since policies name keys.
    KeyArn,
    /// A function's ARN, without a version: rotation names functions so.
    FunctionArn,
    /// A role's ARN, without a path.
    RoleArn,
    /// A topic's ARN.
    TopicArn,
    /// A host name.
    Host,
    /// Any other text.
    Text,
}

/// Where an input comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// Whoever deploys passes it in.
    Caller {
        /// The value when none is passed.
        default: Option<String>,
    },
    /// An SSM parameter, by its name.
    Ssm(String),
    /// Another stack's export, by its name.
    Export(String),
}

/// The inputs of a plan while it is made.
#[derive(Debug, Default)]
pub struct Inputs(Vec<Input>);

impl Inputs {
    /// The text of a spec's value. `description` is the input's own when the spec gives none.
    pub fn text(&mut self, value: &Value, kind: ValueKind, description: &str) -> Text {
        match value {
            Value::Literal(text) => Text::Literal(text.clone()),
            Value::Parameter(parameter) => {
                let described = parameter.description.clone();
                match self.0.iter_mut().find(|input| input.key == parameter.parameter) {
                    Some(known) => {
                        // A name may be used twice, and described or given a default once.
                        if let From::Caller { default } = &mut known.from {
                            *default = default.take().or_else(|| parameter.default.clone());
                        }
                        if let Some(described) = described {
                            known.description = described;
                        }
                        if known.kind != kind {
                            known.kind = ValueKind::Text;
                        }
                    }
                    None => self.0.push(Input {
                        key: parameter.parameter.clone(),
                        name: parameter.parameter.clone(),
                        description: described.unwrap_or_else(|| description.to_owned()),
                        kind,
                        from: From::Caller { default: parameter.default.clone() },
                    }),
                }
                Text::Input(parameter.parameter.clone())
            }
            Value::Ssm(ssm) => self.looked_up(From::Ssm(ssm.ssm.clone()), &ssm.ssm, kind, description),
            Value::Import(import) => {
                self.looked_up(From::Export(import.import.clone()), &import.import, kind, description)
            }
        }
    }

    /// One input for each thing that is looked up, however often the spec names it.
    fn looked_up(&mut self, from: From, source: &str, kind: ValueKind, description: &str) -> Text {
        if let Some(known) = self.0.iter_mut().find(|input| input.from == from) {
            if known.kind != kind {
                known.kind = ValueKind::Text;
            }
            return Text::Input(known.key.clone());
        }
        // No parameter's name holds a space, so no parameter has this key.
        let key = format!("{} {source}", if matches!(from, From::Ssm(_)) { "ssm" } else { "import" });
        self.0.push(Input { key: key.clone(), name: String::new(), description: description.to_owned(), kind, from });
        Text::Input(key)
    }

    /// Whether a text is another stack's export as it stands.
    pub fn is_export(&self, text: &Text) -> bool {
        let Text::Input(key) = text else { return false };
        self.0.iter().any(|input| input.key == *key && matches!(input.from, From::Export(_)))
    }

    /// Adds an input of rotaform's own.
    pub fn own(&mut self, input: Input) -> Text {
        let key = input.key.clone();
        if !self.0.contains(&input) {
            self.0.push(input);
        }
        Text::Input(key)
    }

    /// All of them, in the order in which the plan asked. What is looked up is named last, around the names that
    /// the spec gives.
    pub fn into_vec(mut self) -> Vec<Input> {
        let mut taken: BTreeSet<String> =
            self.0.iter().filter(|input| !input.name.is_empty()).map(|input| snake(&input.name)).collect();
        for input in &mut self.0 {
            if let From::Ssm(source) | From::Export(source) = &input.from {
                let base = lookup_name(source);
                let names = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}{number}")));
                input.name = names.into_iter().find(|name| taken.insert(snake(name))).unwrap_or(base);
            }
        }
        self.0
    }
}

/// A name for what is looked up: a letter first, since both targets want one.
fn lookup_name(source: &str) -> String {
    match pascal(source) {
        name if name.starts_with(|first: char| first.is_ascii_alphabetic()) => name,
        name => format!("Value{name}"),
    }
}
