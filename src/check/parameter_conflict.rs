//! One name is one parameter.

use std::collections::BTreeMap;

use super::Subject;
use super::values::{self, Kind, Placed};
use crate::diagnostic::{At, Code, Diagnostic, Level};
use crate::spec::{Parameter, Value};

pub static CODE: Code = Code {
    name: "parameter-conflict",
    level: Level::Error,
    summary: "one parameter is used in two ways",
    explanation: "A parameter has one description, one default and one value, wherever its name stands. Describe it once and \
        repeat only the name, or use two names. What stands for a VPC in one place cannot stand for a subnet in another.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut uses: BTreeMap<&str, Vec<(Placed<'_>, &Parameter)>> = BTreeMap::new();
    for placed in values::all(subject.spec) {
        if let Value::Parameter(parameter) = placed.value {
            uses.entry(&parameter.parameter).or_default().push((placed, parameter));
        }
    }
    uses.values().flat_map(|uses| conflicts(uses)).collect()
}

fn conflicts(uses: &[(Placed<'_>, &Parameter)]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (position, (placed, parameter)) in uses.iter().enumerate() {
        let earlier = uses.get(..position).unwrap_or(&[]);
        let name = &parameter.parameter;
        for (key, of) in [("description", description as fn(&Parameter) -> Option<&String>), ("default", default)] {
            let Some(text) = of(parameter) else { continue };
            let other = earlier.iter().find(|(_, earlier)| of(earlier).is_some_and(|earlier| earlier != text));
            if let Some((other, _)) = other {
                found.push(
                    Diagnostic::at(&CODE, placed.route.key(key), format!("the parameter `{name}` has another {key} before"))
                        .also(At::Value(other.route.key(key)), "before")
                        .help(format!("keep one `{key}`: where the name is repeated, it needs none")),
                );
            }
        }
        let other = earlier.iter().find(|(other, _)| has_form(other.kind) && has_form(placed.kind) && other.kind != placed.kind);
        if let Some((other, _)) = other {
            let message =
                format!("the parameter `{name}` is {} here, and {} before", placed.kind.title(), other.kind.title());
            found.push(
                Diagnostic::at(&CODE, placed.route.key("parameter"), message)
                    .also(At::Value(other.route.key("parameter")), other.kind.title())
                    .help("use two parameters"),
            );
        }
    }
    found
}

fn description(parameter: &Parameter) -> Option<&String> {
    parameter.description.as_ref()
}

fn default(parameter: &Parameter) -> Option<&String> {
    parameter.default.as_ref()
}

/// Whether no text can be both this and something else.
fn has_form(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Instance
            | Kind::Cluster
            | Kind::Workgroup
            | Kind::Host
            | Kind::Bucket
            | Kind::ObjectKey
            | Kind::ObjectVersion
    )
}
