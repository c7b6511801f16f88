//! Everything that a plan can hold. Both targets match these without a wildcard.

use super::parts::{Connection, Egress, Function, Holder, NatLocation, Schedule, Secret};
use super::policy::Document;
use super::{Id, Text};

/// A thing that AWS will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// A customer managed key.
    Key {
        /// What it encrypts.
        description: String,
        /// Who may use it.
        policy: Document,
        /// Whether it outlives the stack.
        retain: bool,
    },
    /// A key's name.
    KeyAlias {
        /// `alias/NAME`.
        name: String,
        /// The key.
        key: Id,
    },
    /// The secret, with its first value.
    Secret(Secret),
    /// Writes where the database is into the secret.
    Connection(Connection),
    /// The function's role.
    Role {
        /// Its name.
        name: Text,
        /// What it is for.
        description: String,
        /// Who may assume it.
        trust: Document,
        /// The policy that bounds it.
        boundary: Option<Text>,
    },
    /// A customer managed policy.
    Policy {
        /// Its name.
        name: Text,
        /// What it is for.
        description: String,
        /// What it allows.
        document: Document,
        /// Whom it is attached to.
        holders: Vec<Holder>,
    },
    /// The function's log group.
    LogGroup {
        /// Its name.
        name: String,
        /// Days that lines are kept.
        retention_days: u32,
        /// The key that encrypts it.
        key: Option<Text>,
    },
    /// The rotation function.
    Function(Box<Function>),
    /// Lets a service invoke the function.
    InvokePermission {
        /// The function's ARN.
        function: Text,
        /// The service.
        principal: &'static str,
        /// The one thing on whose behalf the service may invoke.
        source: Option<Text>,
    },
    /// A security group with its ways out.
    SecurityGroup {
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
        /// Its VPC.
        vpc: Text,
        /// The ways out; no others.
        egress: Vec<Egress>,
    },
    /// A way into a security group from another.
    Ingress {
        /// The group that is opened.
        group: Text,
        /// The group that is let in.
        from: Text,
        /// The TCP port.
        port: u16,
        /// What it is for.
        description: String,
    },
    /// An interface endpoint.
    Endpoint {
        /// Its name.
        name: String,
        /// The service's short name: `secretsmanager`.
        service: &'static str,
        /// Its VPC.
        vpc: Text,
        /// Its subnets, one a zone.
        subnets: Vec<Text>,
        /// Its security group.
        group: Text,
        /// Whether it answers to the service's own host name.
        private_dns: bool,
        /// What may pass.
        policy: Document,
    },
    /// A public address for a NAT gateway.
    ElasticIp {
        /// Its name.
        name: String,
    },
    /// A NAT gateway.
    NatGateway {
        /// Its name.
        name: String,
        /// Where it is.
        location: NatLocation,
    },
    /// A route to the internet through a NAT gateway.
    Route {
        /// The route table.
        table: Text,
        /// The NAT gateway.
        gateway: Id,
    },
    /// When the secret rotates, and what rotates it.
    Schedule(Box<Schedule>),
    /// A topic for alerts.
    Topic {
        /// Its name.
        name: String,
    },
    /// Who may publish to the topic.
    TopicPolicy {
        /// The topic.
        topic: Id,
        /// Who.
        document: Document,
    },
    /// An address that hears of alerts.
    Subscription {
        /// The topic's ARN.
        topic: Text,
        /// The address.
        email: String,
    },
    /// An alarm on the function's errors.
    Alarm {
        /// Its name.
        name: String,
        /// What it tells.
        description: String,
        /// The function's name.
        function: Text,
        /// The topic's ARN.
        topic: Text,
    },
    /// Reports Secrets Manager's own failure events.
    FailureEvents {
        /// The rule's name.
        name: String,
        /// The secret's ARN.
        secret: Text,
        /// Whether AWS rotates by itself; its events carry the secret's ARN elsewhere.
        managed: bool,
        /// The topic's ARN.
        topic: Text,
    },
    /// Asks the function once a day whether rotation is overdue.
    DailyCheck {
        /// The rule's name.
        name: String,
        /// The secret's ARN.
        secret: Text,
        /// The function's ARN.
        function: Text,
    },
}
