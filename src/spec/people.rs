//! Who may touch the rotation, and who hears of its failures.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::value::{Value, ValueOrCreate};

/// IAM roles and users (by ARN) that may touch the rotation. Two separate policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operators {
    /// May set rotation up, change it and cancel it.
    #[serde(default)]
    pub configure: Vec<Value>,
    /// May only start a rotation.
    #[serde(default)]
    pub trigger: Vec<Value>,
}

/// Who hears of a rotation that failed or is overdue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alerts {
    /// The ARN of an SNS topic, or `create`.
    pub topic: ValueOrCreate,
    /// Addresses that subscribe to the topic.
    #[serde(default)]
    pub email: Vec<String>,
    /// Also report Secrets Manager's own failure events, which need a CloudTrail trail in the Region.
    #[serde(default)]
    pub trail: bool,
}

/// Properties merged over what was generated, by target and by logical id or address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    /// Logical id to properties: `RotationFunction: { MemorySize: 512 }`.
    #[serde(default)]
    pub cloudformation: BTreeMap<String, serde_json::Map<String, serde_json::Value>>,
    /// Address to arguments: `aws_lambda_function.rotation: { memory_size: 512 }`.
    #[serde(default)]
    pub terraform: BTreeMap<String, serde_json::Map<String, serde_json::Value>>,
}
