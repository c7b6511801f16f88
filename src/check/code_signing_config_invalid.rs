//! ARNs of code signing configurations (Lambda API reference, `CreateFunction`).

use super::Subject;
use super::arn::Arn;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "code-signing-config-invalid",
    level: Level::Error,
    summary: "a value is not the ARN of a code signing configuration",
    explanation: "A code signing configuration is named by its ARN, \
        `arn:aws:lambda:REGION:ACCOUNT:code-signing-config:csc-...`. The function's zip must then be signed with a \
        profile that the configuration trusts.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::CodeSigningConfig], &CODE, |text| {
        let id = Arn::regional(text, "lambda").and_then(|arn| arn.resource.strip_prefix("code-signing-config:csc-"));
        let fits = id.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        (!fits).then(|| {
            (
                format!("`{text}` is not the ARN of a code signing configuration"),
                "write `arn:aws:lambda:REGION:ACCOUNT:code-signing-config:csc-ID`".to_owned(),
            )
        })
    })
}
