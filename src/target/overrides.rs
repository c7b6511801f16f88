//! Overrides that name nothing: known only once the plan is.

use super::{cloudformation, terraform};
use crate::diagnostic::{Code, Diagnostic, Level, Route, nearest};
use crate::plan::Plan;

static UNKNOWN: Code = Code {
    name: "override-unknown",
    level: Level::Error,
    summary: "an override names a resource that the spec does not make",
    explanation: "`overrides` takes the logical ids of the CloudFormation template and the addresses of the Terraform resources, as the table in the \
        bundle's README and `rotaform explain SPEC` list them. One that names nothing would silently change nothing.",
};

/// The kinds of findings about overrides.
pub static CODES: &[&Code] = &[&UNKNOWN];

/// A finding for each override that names no resource of the plan.
pub fn unknown(plan: &Plan) -> Vec<Diagnostic> {
    let of = |target: &str, given: Vec<&String>, known: &[String]| {
        let finding = |id: &&String| {
            let at = Route::to("overrides").key(target).key(id.as_str());
            let help = match nearest(id, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`{}` is one of those that there are", known.first().map_or("", String::as_str)),
            };
            Diagnostic::at_key(&UNKNOWN, at, format!("this spec makes no `{id}`")).help(help)
        };
        given.iter().filter(|id| !known.contains(id)).map(finding).collect::<Vec<_>>()
    };
    let overrides = &plan.overrides;
    let mut found = of("cloudformation", overrides.cloudformation.keys().collect(), &cloudformation::logical_ids(plan));
    found.extend(of("terraform", overrides.terraform.keys().collect(), &terraform::addresses(plan)));
    found
}
