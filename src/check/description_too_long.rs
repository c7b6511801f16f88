//! Descriptions have to fit where AWS keeps them (CloudFormation user guide, "Template quotas"; Secrets Manager API
//! reference, `CreateSecret`).

use super::Subject;
use super::values;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Value;

pub static CODE: Code = Code {
    name: "description-too-long",
    level: Level::Error,
    summary: "a description is longer than AWS keeps",
    explanation: "CloudFormation keeps 1,024 bytes of a template's description and 4,000 of a parameter's; Secrets \
        Manager keeps 2,048 characters of a secret's. A longer one makes the deployment fail. Say it shorter, and keep \
        the rest in your repository.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let mut found = Vec::new();
    let mut judge = |route: Route, text: Option<&str>, most: usize, unit: &str| {
        let length = match unit {
            "bytes" => text.map_or(0, str::len),
            _ => text.map_or(0, |text| text.chars().count()),
        };
        if length > most {
            let message = format!("`{route}` is {length} {unit} long, and AWS keeps {most}");
            found.push(Diagnostic::at(&CODE, route, message).help(format!("write at most {most} {unit}")));
        }
    };
    judge(Route::to("description"), spec.description.as_deref(), 1024, "bytes");
    judge(Route::to("secret.description"), spec.secret.description.as_deref(), 2048, "characters");
    for placed in values::all(spec) {
        if let Value::Parameter(parameter) = placed.value {
            judge(placed.route.key("description"), parameter.description.as_deref(), 4000, "bytes");
        }
    }
    found
}
