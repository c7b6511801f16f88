//! Names of SSM parameters (Systems Manager API reference, `PutParameter`).

use super::Subject;
use super::values;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::spec::Value;

pub static CODE: Code = Code {
    name: "ssm-name-invalid",
    level: Level::Error,
    summary: "the text is not the name of an SSM parameter",
    explanation: "A parameter's name has letters, digits and `. - _`, in a hierarchy with slashes: `/network/prod/vpc-id`. A \
        name with slashes starts with one. Names that start with `ssm` are refused by AWS; those that start with `/aws/` \
        are AWS's own, and can be read.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::all(subject.spec)
        .into_iter()
        .filter_map(|placed| {
            let Value::Ssm(ssm) = placed.value else { return None };
            let name = ssm.ssm.as_str();
            let (message, help) = fault(name)?;
            Some(Diagnostic::at(&CODE, placed.route.key("ssm"), message).help(help))
        })
        .collect()
}

fn fault(name: &str) -> Option<(String, String)> {
    let strange = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"/._-".contains(*c));
    let levels = name.trim_start_matches('/').split('/');
    if name.is_empty() {
        Some(("the SSM parameter has no name".to_owned(), "write its name, such as `/network/prod/vpc-id`".to_owned()))
    } else if let Some((_, parameter)) = name.strip_prefix("arn:").and_then(|rest| rest.split_once(":parameter")) {
        Some((format!("`{name}` is an ARN"), format!("write the name alone: `{parameter}`")))
    } else if let Some(strange) = strange {
        Some((
            format!("the name `{name}` holds `{strange}`, which no SSM parameter has"),
            "use letters, digits and `/ . - _`".to_owned(),
        ))
    } else if name.contains('/') && !name.starts_with('/') {
        Some((format!("`{name}` has levels and does not start with `/`"), format!("write `/{name}`")))
    } else if levels.clone().any(str::is_empty) || levels.count() > 15 || name.len() > 1011 {
        Some((
            format!("`{name}` is not the name of an SSM parameter"),
            "write at most 15 levels with one slash between two, such as `/network/prod/vpc-id`".to_owned(),
        ))
    } else {
        None
    }
}
