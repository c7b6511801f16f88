//! ARNs of layer versions (Lambda API reference, `Layer`).

use super::Subject;
use super::arn::Arn;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "layer-invalid",
    level: Level::Error,
    summary: "a value is not the ARN of a layer's version",
    explanation: "A function uses one version of a layer, whose ARN ends in the version's number: \
        `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:3`. Without the number Lambda refuses the function.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Layer], &CODE, |text| {
        let named = Arn::regional(text, "lambda").and_then(|arn| arn.resource.strip_prefix("layer:"));
        let form = "`arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`";
        match named.and_then(|rest| rest.split_once(':')) {
            Some((_, version)) if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) => None,
            None if named.is_some_and(|name| !name.is_empty()) => Some((
                format!("`{text}` lacks the version's number"),
                format!("add it: `{text}:1`"),
            )),
            _ => Some((format!("`{text}` is not the ARN of a layer's version"), format!("write {form}"))),
        }
    })
}
