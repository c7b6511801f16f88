//! Where the function runs, and its way to Secrets Manager.

use schemars::JsonSchema;
use serde::Deserialize;

use super::value::Value;

/// Where the function runs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Placement {
    /// A place by its name.
    Word(PlacementWord),
    /// In a VPC.
    Vpc(Box<VpcPlacement>),
}

/// A place by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlacementWord {
    /// Outside any VPC: the database is publicly reachable.
    Public,
}

/// In a VPC.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VpcPlacement {
    /// The VPC.
    pub vpc: Value,
    /// The function's subnets: private ones that reach the database. Up to 16.
    pub subnets: Vec<Value>,
    /// The way to Secrets Manager.
    pub egress: Egress,
    /// A security group of your own for the function, instead of a created one.
    pub security_group: Option<Value>,
}

impl Placement {
    /// The VPC, when the function runs in one.
    pub fn vpc(&self) -> Option<&VpcPlacement> {
        match self {
            Self::Word(PlacementWord::Public) => None,
            Self::Vpc(vpc) => Some(vpc),
        }
    }
}

/// The way from the function to Secrets Manager.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Egress {
    /// A way by its name.
    Word(EgressWord),
    /// A way with its details.
    With(EgressWith),
}

/// A way by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EgressWord {
    /// Creates an interface endpoint with private DNS in the function's subnets.
    VpcEndpoint,
}

/// A way with its details.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EgressWith {
    /// An interface endpoint for Secrets Manager, created or existing.
    VpcEndpoint(VpcEndpoint),
    /// A NAT gateway, created or existing.
    NatGateway(NatGateway),
}

/// An interface endpoint for Secrets Manager.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VpcEndpoint {
    /// An endpoint that exists. Absent: one is created.
    pub existing: Option<Value>,
    /// The existing endpoint's security group, which is opened to the function on port 443.
    pub security_group: Option<Value>,
    /// Whether the endpoint answers to Secrets Manager's own host name. `true` by default.
    pub private_dns: Option<bool>,
    /// The endpoint's subnets, one a zone. By default the function's.
    #[serde(default)]
    pub subnets: Vec<Value>,
}

/// A NAT gateway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum NatGateway {
    /// One that exists: nothing is created.
    Word(NatGatewayWord),
    /// One that is created.
    Created(CreatedNatGateway),
}

/// A NAT gateway by a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NatGatewayWord {
    /// The function's subnets already route to one.
    Existing,
}

/// NAT gateways to create.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatedNatGateway {
    /// Public subnets, one a zone: one gateway with an elastic IP in each.
    #[serde(default)]
    pub public_subnets: Vec<Value>,
    /// One regional gateway, which needs no public subnet.
    #[serde(default)]
    pub regional: bool,
    /// The private subnets' route tables, in the order of the public subnets.
    #[serde(default)]
    pub route_tables: Vec<Value>,
}

/// The way to Secrets Manager with its shorthand resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way<'s> {
    /// An interface endpoint; `VpcEndpoint::default()` for the bare word.
    Endpoint(std::borrow::Cow<'s, VpcEndpoint>),
    /// NAT gateways to create.
    NatGateway(&'s CreatedNatGateway),
    /// A NAT gateway that exists.
    ExistingNatGateway,
}

impl Egress {
    /// The way, whichever form the spec writes it in.
    pub fn way(&self) -> Way<'_> {
        match self {
            Self::Word(EgressWord::VpcEndpoint) => Way::Endpoint(std::borrow::Cow::Owned(VpcEndpoint::default())),
            Self::With(EgressWith::VpcEndpoint(endpoint)) => Way::Endpoint(std::borrow::Cow::Borrowed(endpoint)),
            Self::With(EgressWith::NatGateway(NatGateway::Created(created))) => Way::NatGateway(created),
            Self::With(EgressWith::NatGateway(NatGateway::Word(NatGatewayWord::Existing))) => Way::ExistingNatGateway,
        }
    }
}
