//! Stage three, *plan*: decides everything that AWS will hold.
//!
//! Names, statements, order and defaults are settled here, so that both targets only spell. This stage
//! cannot fail, and it knows no target's syntax.

mod alerts;
mod builder;
mod endpoint;
mod function;
mod input;
pub mod naming;
mod network;
mod parts;
mod password;
mod people;
mod permissions;
mod policy;
mod resource;
mod rotation;
mod secret;
mod steps;
mod superuser_api;
mod text;
mod texts;

use std::collections::BTreeMap;

pub use input::{From, Input, ValueKind};
pub use parts::{
    Code, Connection, ConnectionTarget, Egress, Function, FunctionNetwork, Holder, Hosted, NatLocation, Peer, Rotator,
    Schedule, Secret, SecretKey, SecretValue,
};
pub use password::{CharacterClass, PasswordShape};
pub use policy::{Condition, Document, Effect, Principal, Statement};
pub use resource::Resource;
pub use text::{Attribute, Text};

use crate::check::Checked;
use crate::diagnostic::Route;
use crate::spec::{Overrides, Spec};

/// Everything that AWS will hold for one spec, in the order in which a reader wants it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The spec's name.
    pub name: String,
    /// What it is for, in one line.
    pub description: String,
    /// Tags for every resource that can carry them.
    pub tags: BTreeMap<String, String>,
    /// What is known only at deploy time.
    pub inputs: Vec<Input>,
    /// The resources.
    pub resources: Vec<Planned>,
    /// What the deployment tells.
    pub outputs: Vec<Output>,
    /// What must hold in the account and cannot be seen from here.
    pub assumptions: Vec<String>,
    /// What somebody must do by hand, in order.
    pub steps: Vec<Step>,
    /// The user's own changes to what is generated.
    pub overrides: Overrides,
}

/// One resource of a plan.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its name within the plan.
    pub id: Id,
    /// What it is.
    pub what: Resource,
    /// Why it is there, in one sentence: the comment above it in both targets.
    pub purpose: String,
    /// The key of the spec that asked for it.
    pub origin: Route,
    /// What it needs besides what it names.
    pub after: Vec<Id>,
    /// Where it departs from common advice, on purpose.
    pub exceptions: Vec<Exception>,
}

/// A resource's name within a plan: its kind and its role, `rotation`. A role may be empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// The kind.
    pub kind: Kind,
    /// The role, in kebab-case.
    pub role: String,
}

/// A kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "one for each variant of `Resource`, which says what each is")]
pub enum Kind {
    Key,
    KeyAlias,
    Secret,
    Connection,
    Role,
    Policy,
    LogGroup,
    Function,
    InvokePermission,
    SecurityGroup,
    Ingress,
    Endpoint,
    ElasticIp,
    NatGateway,
    Route,
    Schedule,
    Topic,
    TopicPolicy,
    Subscription,
    Alarm,
    EventRule,
}

impl Id {
    /// The resource of this kind in this role.
    pub fn new(kind: Kind, role: impl Into<String>) -> Self {
        Self { kind, role: role.into() }
    }
}

/// Something that the deployment tells.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name in PascalCase; Terraform's is the same in `snake_case`.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// The value.
    pub value: Text,
}

/// Something that somebody must do by hand.
#[derive(Debug, Clone)]
pub struct Step {
    /// What, in one paragraph.
    pub what: String,
    /// The command or statement, if there is one.
    pub command: Option<String>,
}

/// A departure from common advice, with its reason in [`crate::target::judges`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    /// The secret is encrypted with the AWS managed key.
    AwsManagedKey,
    /// The log group is encrypted with CloudWatch Logs' own key.
    LogsServiceKey,
    /// Log lines are kept for less than a year, or a time that older rules do not know.
    LogRetention,
    /// The function has no dead-letter queue.
    NoDeadLetterQueue,
    /// No executions are set aside for the function.
    NoConcurrencyLimit,
    /// The function runs outside any VPC.
    OutsideVpc,
    /// The function's environment is encrypted with Lambda's own key.
    EnvironmentServiceKey,
    /// X-Ray does not trace the function.
    NoTracing,
    /// The function's code is not signed.
    NoCodeSigning,
    /// A statement allows `*` because AWS takes nothing narrower.
    WildcardResource,
    /// The topic is not encrypted with a customer managed key.
    TopicServiceKey,
    /// A security group lets traffic out to the whole internet.
    EgressToWorld,
    /// A security group is for a function that is not made here.
    AttachedOutside,
    /// A policy is attached to a user, not to a group or a role.
    AttachedToUser,
    /// The secret rotates less often than every 90 days.
    SlowRotation,
}

/// Decides everything that AWS will hold for a spec.
pub fn plan(checked: &Checked) -> Plan {
    let spec = checked.spec();
    let mut builder = builder::Builder::new(checked);
    secret::plan(&mut builder);
    network::plan(&mut builder);
    function::plan(&mut builder);
    permissions::plan(&mut builder);
    rotation::plan(&mut builder);
    steps::plan(&mut builder);
    people::plan(&mut builder);
    alerts::plan(&mut builder);
    builder.finish(description(spec))
}

fn description(spec: &Spec) -> String {
    spec.description.clone().unwrap_or_else(|| match &spec.database {
        Some(database) => format!("Rotation of the {} secret {}", database.engine.title(), spec.name),
        None => format!("Rotation of the secret {}", spec.name),
    })
}

impl Plan {
    /// Whether the function's code is a zip that somebody hands over at deploy time.
    pub fn takes_zip(&self) -> bool {
        self.resources.iter().any(|planned| match &planned.what {
            Resource::Function(function) => matches!(function.code, Code::Zip { .. }),
            _ => false,
        })
    }

    /// Whether AWS's own function rotates.
    pub fn is_hosted(&self) -> bool {
        self.resources.iter().any(|planned| match &planned.what {
            Resource::Schedule(schedule) => matches!(schedule.rotator, Rotator::Hosted(_)),
            _ => false,
        })
    }

    /// Calls `visit` with every text of every resource and output.
    pub fn visit_texts<'p>(&'p self, visit: &mut impl FnMut(&'p Text)) {
        for planned in &self.resources {
            planned.what.texts(&mut |text: &'p Text| text.visit(visit));
        }
        for output in &self.outputs {
            output.value.visit(visit);
        }
    }
}
