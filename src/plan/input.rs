//! What the plan takes in when it is deployed.

use super::Text;
use super::naming::{pascal, snake};
use crate::spec::Value;

/// A value that is known only when the plan is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
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
                match self.0.iter_mut().find(|input| input.name == parameter.parameter) {
                    Some(known) => {
                        // A name may be used twice and described once.
                        if let (Some(described), From::Caller { default }) = (described, &mut known.from) {
                            known.description = described;
                            *default = default.take().or_else(|| parameter.default.clone());
                        }
                        if known.kind != kind {
                            known.kind = ValueKind::Text;
                        }
                    }
                    None => self.0.push(Input {
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
            return Text::Input(known.name.clone());
        }
        // A letter first: both targets want one.
        let base = match pascal(source) {
            name if name.starts_with(|first: char| first.is_ascii_alphabetic()) => name,
            name => format!("Value{name}"),
        };
        let taken = |name: &str| self.0.iter().any(|input| snake(&input.name) == snake(name));
        let name = std::iter::once(base.clone())
            .chain((2..).map(|number| format!("{base}{number}")))
            .find(|name| !taken(name))
            .unwrap_or(base);
        self.0.push(Input { name: name.clone(), description: description.to_owned(), kind, from });
        Text::Input(name)
    }

    /// Adds an input of rotaform's own.
    pub fn own(&mut self, input: Input) -> Text {
        let name = input.name.clone();
        self.0.push(input);
        Text::Input(name)
    }

    /// All of them, in the order in which the plan asked.
    pub fn into_vec(self) -> Vec<Input> {
        self.0
    }
}
