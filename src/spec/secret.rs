//! The secret that rotates.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::value::{Value, ValueOrCreate};

/// The secret: created for a login (`username`), or adopted (`arn`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// The login whose password rotates; creates the secret. With alternating users, the first of the two.
    pub username: Option<String>,
    /// An existing secret to adopt instead of creating one.
    pub arn: Option<Value>,
    /// The created secret's name. Absent: AWS or Terraform adds random characters to the spec's name.
    pub name: Option<String>,
    /// The created secret's description.
    pub description: Option<String>,
    /// Days during which a deleted secret can be restored (Terraform; CloudFormation deletes at once). 30 by default.
    #[schemars(range(min = 7, max = 30))]
    pub recovery_days: Option<u32>,
    /// What becomes of the created secret when the stack goes.
    #[serde(default)]
    pub on_delete: OnDelete,
    /// The customer managed key that encrypts the secret, or `create`. Absent: the AWS managed key.
    pub kms_key: Option<ValueOrCreate>,
    /// Regions that hold a replica of the created secret.
    #[serde(default)]
    pub replica_regions: Vec<ReplicaRegion>,
    /// What passwords look like.
    #[serde(default)]
    pub password: Password,
    /// Further keys carried in the secret's JSON.
    #[serde(default)]
    pub extra: BTreeMap<String, String>,
}

/// What becomes of the created secret when the stack is deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OnDelete {
    /// It stays.
    #[default]
    Retain,
    /// It is deleted too.
    Delete,
}

/// A Region that holds a replica.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ReplicaRegion {
    /// The Region's name; the replica is encrypted with the AWS managed key there.
    Name(String),
    /// The Region and the key there.
    WithKey(ReplicaWithKey),
}

/// A replica with a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplicaWithKey {
    /// The Region's name.
    pub region: String,
    /// The key in that Region. Absent: the AWS managed key.
    pub kms_key: Option<Value>,
}

impl ReplicaRegion {
    /// The Region's name.
    pub fn region(&self) -> &str {
        match self {
            Self::Name(region) => region,
            Self::WithKey(replica) => &replica.region,
        }
    }

    /// The key there, when the spec names one.
    pub fn kms_key(&self) -> Option<&Value> {
        match self {
            Self::Name(_) => None,
            Self::WithKey(replica) => replica.kms_key.as_ref(),
        }
    }
}

/// What passwords look like: the generator and the function use the same set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Password {
    /// Characters in a password: 32 by default, 30 for Oracle.
    #[schemars(range(min = 8, max = 128))]
    pub length: Option<u32>,
    /// Characters that a password never holds, besides the profile's.
    pub exclude: Option<String>,
    /// A named set of characters that a password never holds.
    #[serde(default)]
    pub profile: Profile,
}

/// A named set of excluded characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// What no engine or driver takes: `/ @ " ' \ :` and space; Db2 also `;`.
    #[default]
    Default,
    /// What would need escaping in a connection URI.
    UriSafe,
    /// What a shell would interpret.
    ShellSafe,
    /// All punctuation.
    Alphanumeric,
}
