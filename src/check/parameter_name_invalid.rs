//! Names of parameters (CloudFormation user guide, "Parameters": letters and digits, at most 255).

use super::Subject;
use super::values;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::spec::Value;

pub static CODE: Code = Code {
    name: "parameter-name-invalid",
    level: Level::Error,
    summary: "the name cannot be that of a parameter",
    explanation: "The name becomes a parameter of the template, which has letters and digits only, and in snake case a \
        variable of Terraform, which starts with a letter: `DbSecurityGroup` becomes `db_security_group`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::all(subject.spec)
        .into_iter()
        .filter_map(|placed| {
            let Value::Parameter(parameter) = placed.value else { return None };
            let name = parameter.parameter.as_str();
            let fits = name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.len() <= 255
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if fits {
                return None;
            }
            let message = format!("`{name}` cannot be the name of a parameter");
            let pascal = pascal(name);
            let help = if pascal.starts_with(|first: char| first.is_ascii_alphabetic()) {
                format!("write letters and digits, a letter first: `{pascal}`")
            } else {
                "write letters and digits, a letter first, such as `DbSecurityGroup`".to_owned()
            };
            Some(Diagnostic::at(&CODE, placed.route.key("parameter"), message).help(help))
        })
        .collect()
}

/// `db_security-group` to `DbSecurityGroup`.
fn pascal(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_ascii_uppercase() + rest
        })
        .collect()
}
