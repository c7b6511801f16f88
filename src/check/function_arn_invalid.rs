//! ARNs of functions (Lambda API reference, `GetFunction`; Secrets Manager API reference, `RotateSecret`).

use super::Subject;
use super::arn::Arn;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "function-arn-invalid",
    level: Level::Error,
    summary: "a value is not the plain ARN of a function",
    explanation: "Permissions compare the function's ARN, `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, letter by letter. \
        With a version or alias behind it the function's role is not the one that the secret names, and the rotation \
        is denied.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Function], &CODE, |text| {
        let named = Arn::regional(text, "lambda").and_then(|arn| arn.resource.strip_prefix("function:"));
        let is_name = |name: &str| {
            (1..=64).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        match named.map(|named| named.split_once(':').map_or((named, None), |(name, version)| (name, Some(version)))) {
            Some((name, None)) if is_name(name) => None,
            Some((name, Some(version))) if is_name(name) => Some((
                format!("`{text}` names the version or alias `{version}`"),
                format!("write the plain ARN: `{}`", text.trim_end_matches(&format!(":{version}"))),
            )),
            _ => Some((
                format!("`{text}` is not the ARN of a function"),
                "write `arn:aws:lambda:REGION:ACCOUNT:function:NAME`".to_owned(),
            )),
        }
    })
}
