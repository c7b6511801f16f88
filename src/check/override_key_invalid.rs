//! Which resource an override is for (CloudFormation user guide, "Resources"; Terraform documentation, "Resource
//! addressing").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "override-key-invalid",
    level: Level::Error,
    summary: "an override does not name a resource",
    explanation: "Overrides are listed by the logical id of a resource of the template, such as `RotationFunction`, or by the \
        address of a resource of Terraform, such as `aws_lambda_function.rotation`. Below it stand the properties \
        that are merged over what was generated.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let overrides = &subject.spec.overrides;
    let judge = |target: &str, key: &String, fits: bool, help: &str| {
        (!fits).then(|| {
            let route = Route::to("overrides").key(target).key(key);
            Diagnostic::at_key(&CODE, route, format!("`{key}` does not name a resource")).help(help)
        })
    };
    let templates = overrides.cloudformation.keys().filter_map(|key| {
        let fits = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        judge("cloudformation", key, fits, "write a logical id, such as `RotationFunction`: letters and digits")
    });
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    let addresses = overrides.terraform.keys().filter_map(|key| {
        let fits = match key.split('.').collect::<Vec<_>>().as_slice() {
            [kind, name] | ["data", kind, name] => is_word(kind) && is_word(name),
            _ => false,
        };
        judge("terraform", key, fits, "write an address, such as `aws_lambda_function.rotation`: type, dot, name")
    });
    templates.chain(addresses).collect()
}
