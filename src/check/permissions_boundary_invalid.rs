//! A permissions boundary is a managed policy (IAM user guide, "Permissions boundaries for IAM entities").

use super::Subject;
use super::arn::{Arn, is_account};
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "permissions-boundary-invalid",
    level: Level::Error,
    summary: "a value is not the ARN of a managed policy",
    explanation: "The boundary of the function's role is a managed policy, named by its ARN: \
        `arn:aws:iam::ACCOUNT:policy/NAME`. Names and inline policies do not work.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::PermissionsBoundary], &CODE, |text| {
        let fits = Arn::parse(text).is_some_and(|arn| {
            arn.service == "iam"
                && arn.region.is_empty()
                && (is_account(arn.account) || arn.account == "aws")
                && arn.resource.strip_prefix("policy/").is_some_and(is_policy_name)
        });
        (!fits).then(|| {
            (
                format!("`{text}` is not the ARN of a managed policy"),
                "write `arn:aws:iam::ACCOUNT:policy/NAME`".to_owned(),
            )
        })
    })
}

/// A path and a name.
fn is_policy_name(text: &str) -> bool {
    !text.is_empty() && !text.ends_with('/') && text.chars().all(|c| c.is_ascii_alphanumeric() || "+=,.@_/-".contains(c))
}
