//! What the larger resources are made of.

use std::collections::BTreeMap;

use super::{Id, PasswordShape, Text};

/// The secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its name; absent: generated from the spec's name.
    pub name: Option<String>,
    /// What it holds.
    pub description: String,
    /// The key that encrypts it; absent: the AWS managed key.
    pub key: Option<Text>,
    /// Regions with a replica, each with its key.
    pub replicas: Vec<(String, Option<Text>)>,
    /// Whether it outlives the stack.
    pub retain: bool,
    /// Days during which it can be restored after deletion.
    pub recovery_days: Option<u32>,
    /// The login.
    pub username: String,
    /// The first password's shape.
    pub password: PasswordShape,
    /// What else the first value holds.
    pub keys: Vec<SecretKey>,
}

/// A key of the first value's JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretKey {
    /// The key.
    pub name: String,
    /// The value.
    pub value: SecretValue,
    /// Whether the function, or the connection, writes it later anyway. A target whose first value is made
    /// anew by any edit of it (CloudFormation) leaves such a key out.
    pub written_later: bool,
}

/// A value of the first value's JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretValue {
    /// Text.
    Text(Text),
    /// A number.
    Number(u16),
    /// `true`.
    True,
}

/// Where the database is, as AWS knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// What kind of database.
    pub target: ConnectionTarget,
    /// Its identifier.
    pub identifier: Text,
}

/// What kind of database a connection leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionTarget {
    /// An RDS instance.
    RdsInstance,
    /// An Aurora cluster.
    RdsCluster,
    /// A DocumentDB instance.
    DocumentdbInstance,
    /// A DocumentDB cluster.
    DocumentdbCluster,
    /// A provisioned Redshift cluster.
    RedshiftCluster,
}

/// Who holds a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A role, by its name.
    Role(Text),
    /// A user, by its name.
    User(Text),
}

/// The rotation function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its role's ARN.
    pub role: Text,
    /// Its code.
    pub code: Code,
    /// Its processor architecture.
    pub architecture: &'static str,
    /// Memory in MiB.
    pub memory: u32,
    /// Seconds until Lambda ends a step.
    pub timeout: u32,
    /// Its environment.
    pub environment: BTreeMap<&'static str, Text>,
    /// Where it runs; absent: outside any VPC.
    pub network: Option<FunctionNetwork>,
    /// Layer versions.
    pub layers: Vec<Text>,
    /// The code signing configuration.
    pub code_signing_config: Option<Text>,
    /// Whether X-Ray traces it.
    pub tracing: bool,
    /// Executions set aside for it.
    pub reserved_concurrency: Option<u32>,
    /// Its log group.
    pub log_group: Id,
}

/// Where the function runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionNetwork {
    /// Its subnets.
    pub subnets: Vec<Text>,
    /// Its security group.
    pub group: Text,
}

/// The function's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// The bundle's `function` folder as a zip.
    Zip {
        /// The runtime.
        runtime: String,
        /// What Lambda calls.
        handler: String,
    },
    /// An object in S3.
    S3 {
        /// The runtime.
        runtime: String,
        /// What Lambda calls.
        handler: String,
        /// The bucket.
        bucket: Text,
        /// The object's key.
        key: Text,
        /// The object's version.
        version: Option<Text>,
    },
    /// A container image.
    Image(Text),
}

/// A way out of a security group, over TCP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Egress {
    /// Its short name within the group: `database`.
    pub role: &'static str,
    /// The port.
    pub port: u16,
    /// To where.
    pub to: Peer,
    /// What it is for.
    pub description: String,
}

/// The other end of a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Peer {
    /// A security group.
    Group(Text),
    /// The whole internet: a NAT gateway has no security group to name.
    World,
}

/// Where a NAT gateway is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NatLocation {
    /// In one public subnet, with one address.
    Zonal {
        /// The subnet.
        subnet: Text,
        /// The address.
        address: Id,
    },
    /// In the whole VPC.
    Regional {
        /// The VPC.
        vpc: Text,
    },
}

/// When the secret rotates, and what rotates it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The secret's ARN.
    pub secret: Text,
    /// `rate(30 days)`, `cron(0 3 ? * SUN *)`.
    pub expression: String,
    /// `3h`.
    pub window: Option<String>,
    /// Whether the first rotation happens at once.
    pub immediately: bool,
    /// What rotates.
    pub rotator: Rotator,
}

/// What rotates the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotator {
    /// A function, by its ARN.
    Function(Text),
    /// AWS's own function, which the deployment makes.
    Hosted(Hosted),
    /// The service that owns the secret.
    Service,
}

/// AWS's own function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosted {
    /// The function's name.
    pub name: String,
    /// `PostgreSQL`, `MySQL`: how AWS's names spell the engine.
    pub engine: &'static str,
    /// Whether AWS's name for the application holds `RDS`.
    pub is_rds: bool,
    /// Whether two users take turns.
    pub multi_user: bool,
    /// The superuser's secret.
    pub superuser_secret: Option<Text>,
    /// Its key.
    pub superuser_key: Option<Text>,
    /// The secret's key.
    pub key: Option<Text>,
    /// Characters that a password never holds.
    pub exclude: String,
    /// Where it runs.
    pub network: Option<FunctionNetwork>,
    /// The URL at which it reaches Secrets Manager when the usual one does not answer.
    pub endpoint: Option<Text>,
}
