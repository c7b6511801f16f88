//! Values that a spec may give as text or leave to deploy time.

use schemars::JsonSchema;
use serde::Deserialize;

/// A value of the spec: written out, or looked up when the stack is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// The value itself.
    Literal(String),
    /// A CloudFormation parameter, a Terraform variable.
    Parameter(Parameter),
    /// An SSM parameter, read at deploy time on both targets.
    Ssm(Ssm),
    /// A CloudFormation export: `Fn::ImportValue`, or Terraform's data source for exports.
    Import(Import),
}

/// A value that whoever deploys passes in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name, in PascalCase: `DbSecurityGroup` becomes the Terraform variable `db_security_group`.
    pub parameter: String,
    /// What it is, for whoever deploys.
    pub description: Option<String>,
    /// The value when none is passed.
    pub default: Option<String>,
}

/// A value kept in the Systems Manager parameter store.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ssm {
    /// The parameter's name: `/network/prod/vpc-id`.
    pub ssm: String,
}

/// A value that another CloudFormation stack exports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The export's name: `network-VpcId`.
    pub import: String,
}

impl Value {
    /// The text, when the spec writes the value out.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Parameter(_) | Self::Ssm(_) | Self::Import(_) => None,
        }
    }
}

/// A value, or the word `create`: rotaform then makes the thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ValueOrCreate {
    /// The word `create`.
    Create(Create),
    /// One that exists.
    Existing(Value),
}

impl ValueOrCreate {
    /// The value of the thing that exists already, if it does.
    pub fn existing(&self) -> Option<&Value> {
        match self {
            Self::Create(_) => None,
            Self::Existing(value) => Some(value),
        }
    }
}

/// The word `create`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Create {
    /// Make a new one.
    Create,
}
