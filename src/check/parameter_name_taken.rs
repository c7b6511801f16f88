//! Names that the output needs itself (Terraform documentation, "Input variables"; CloudFormation user guide,
//! "Resources": parameters and resources share their names).

use std::collections::BTreeMap;

use super::Subject;
use super::values;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Source, SourceWith, SourceWord, Spec, Value, ValueOrCreate, Way};

pub static CODE: Code = Code {
    name: "parameter-name-taken",
    level: Level::Error,
    summary: "the parameter's name is taken",
    explanation: "A parameter shares its name space with the resources of the template, and as a variable of Terraform it \
        cannot have one of Terraform's own words. Two names that differ only by case would become the same variable.",
};

/// Variables that Terraform keeps for itself, without their underscores.
const TERRAFORM: &[&str] =
    &["source", "version", "providers", "count", "foreach", "lifecycle", "dependson", "locals"];

/// Names in lower case of the parameters and resources that the output makes for a spec, as far as a value could be
/// named like them.
fn own(spec: &Spec) -> Vec<&'static str> {
    let makes_function = !spec.strategy.is_managed()
        && !matches!(spec.function.source, Source::Word(SourceWord::AwsHosted) | Source::With(SourceWith::Arn(_)));
    let vpc = spec.placement.as_ref().and_then(|placement| placement.vpc());
    let way = vpc.map(|vpc| vpc.egress.way());
    let makes_endpoint = matches!(&way, Some(Way::Endpoint(endpoint)) if endpoint.existing.is_none());
    let made: [(bool, &[&str]); 8] = [
        (true, &["functioncodebucket", "functioncodekey", "functionzip", "functionziphash", "endpointdnsname"]),
        (spec.secret.username.is_some(), &["secret", "secrettargetattachment"]),
        (matches!(spec.secret.kms_key, Some(ValueOrCreate::Create(_))), &["secretkey", "secretkeyalias"]),
        (makes_function, &["rotationfunction", "rotationrole", "rotationloggroup", "rotationpolicy"]),
        (vpc.is_some_and(|vpc| vpc.security_group.is_none()), &["functionsecuritygroup"]),
        (makes_endpoint, &["endpointsecuritygroup", "secretsmanagerendpoint"]),
        (matches!(way, Some(Way::NatGateway(_))), &["regionalnatgateway"]),
        (
            spec.alerts.as_ref().is_some_and(|alerts| alerts.topic.existing().is_none()),
            &["alertstopic", "alertstopicpolicy"],
        ),
    ];
    made.into_iter().filter(|(is_made, _)| *is_made).flat_map(|(_, names)| names.iter().copied()).collect()
}

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let own = own(subject.spec);
    let mut first: BTreeMap<String, (&str, Route)> = BTreeMap::new();
    let mut found = Vec::new();
    for placed in values::all(subject.spec) {
        let Value::Parameter(parameter) = placed.value else { continue };
        let name = parameter.parameter.as_str();
        let route = placed.route.key("parameter");
        // What is left of a name in snake case, without its underscores.
        let plain = name.to_ascii_lowercase();
        if TERRAFORM.contains(&plain.as_str()) {
            let message = format!("`{name}` would be a variable that Terraform keeps for itself");
            found.push(Diagnostic::at(&CODE, route, message).help(format!("write another name, such as `Db{name}`")));
            continue;
        }
        if own.contains(&plain.as_str()) {
            let message = format!("`{name}` is a name that the output needs itself");
            found.push(Diagnostic::at(&CODE, route, message).help(format!("write another name, such as `My{name}`")));
            continue;
        }
        match first.get(&plain) {
            Some((earlier, other)) if *earlier != name => found.push(
                Diagnostic::at(&CODE, route, format!("`{name}` and `{earlier}` would be the same variable in Terraform"))
                    .also(At::Value(other.clone()), "the other")
                    .help(format!("write `{earlier}` for the same value, or a name that differs by more than case")),
            ),
            Some(_) => {}
            None => {
                first.insert(plain, (name, route));
            }
        }
    }
    found
}
