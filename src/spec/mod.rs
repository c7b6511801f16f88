//! Stage one, *read*: files become [`Spec`]s, one to one with the YAML.
//!
//! This stage says where in the user's file each thing stands. It does not decide, fill in
//! defaults that depend on other keys, or look at one key to judge another: [`check`](crate::check) does.

mod codes;
mod database;
mod extends;
mod function;
mod node;
mod people;
mod placement;
mod schema;
mod secret;
mod shape;
mod shipped;
mod source;
mod strategy;
mod value;
mod yaml;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub use codes::ALL as CODES;
pub use codes::{FILE_UNREADABLE, SPECS_MISSING};
pub use database::{Database, Engine, Location, Tls};
pub use extends::{Document, documents};
pub use function::{Architecture, Function, S3Object, Source, SourceWith, SourceWord};
pub use people::{Alerts, Operators, Overrides};
pub use placement::{CreatedNatGateway, Placement, VpcEndpoint, VpcPlacement, Way};
pub use schema::json_schema;
pub use secret::{OnDelete, Password, Profile, ReplicaRegion, Secret};
pub use shipped::Shipped;
pub use source::{STANDARD_INPUT, files, reason};
pub use strategy::{Schedule, Strategy, StrategyWith, StrategyWord, Superuser};
pub use value::{Create, Import, Parameter, Ssm, Value, ValueOrCreate};

use crate::diagnostic::{At, Diagnostic};

/// One database secret and all that its rotation needs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The language's version: 1.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// The path, relative to this file, of another file to merge this one over.
    pub extends: Option<String>,
    /// Prefixes every physical name: lower case, digits, hyphens; starts with a letter; at most 40 characters.
    pub name: String,
    /// What this is for.
    pub description: Option<String>,
    /// Tags put on every resource that can carry them.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// The secret that rotates.
    pub secret: Secret,
    /// The database; absent with `managed`.
    pub database: Option<Database>,
    /// How the password changes.
    pub strategy: Strategy,
    /// Where the function runs; absent with `managed`.
    pub placement: Option<Placement>,
    /// When the password changes.
    #[serde(default)]
    pub schedule: Schedule,
    /// The rotation function.
    #[serde(default)]
    pub function: Function,
    /// Who may touch the rotation.
    #[serde(default)]
    pub operators: Operators,
    /// Who hears of a failure.
    pub alerts: Option<Alerts>,
    /// Properties merged over what was generated: the escape hatch.
    #[serde(default)]
    pub overrides: Overrides,
}

/// Reads a document as a spec.
///
/// # Errors
/// Every finding about the document's shape: unknown keys, wrong types, missing keys, unknown words.
pub fn read(document: &Document) -> Result<Spec, Vec<Diagnostic>> {
    let mut found = shape::compare(&document.node);
    if found.is_empty() {
        match serde_json::from_value(document.node.to_json()) {
            Ok(spec) => return Ok(spec),
            // The schema comes from the same types, so this says that the two disagree: still the user's line, never a panic.
            Err(error) => found.push(Diagnostic::new(
                &codes::TYPE_WRONG,
                At::Place(document.node.place.clone()),
                error.to_string(),
            )),
        }
    }
    Err(document.resolve(found))
}
