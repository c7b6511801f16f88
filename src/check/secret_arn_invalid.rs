//! ARNs of secrets (Secrets Manager user guide, "IAM policy resources"; service authorization reference).

use super::Subject;
use super::arn::Arn;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "secret-arn-invalid",
    level: Level::Error,
    summary: "a value is not the whole ARN of a secret",
    explanation: "Permissions name the secret by its ARN, which ends in a hyphen and six characters that Secrets \
        Manager added to the name. A name, or an ARN without these six, would match no secret, or would need a \
        wildcard that matches others too. `aws secretsmanager describe-secret --secret-id NAME` prints the whole ARN.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Secret], &CODE, |text| {
        let Some(arn) = Arn::parse(text) else {
            return Some((
                format!("`{text}` is not an ARN"),
                "write the secret's whole ARN, `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-AbCdEf`".to_owned(),
            ));
        };
        let name = arn.resource.strip_prefix("secret:");
        let Some(name) = Arn::regional(text, "secretsmanager").and(name) else {
            return Some((
                format!("`{text}` is not the ARN of a secret"),
                "write `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-AbCdEf`".to_owned(),
            ));
        };
        if name.contains(['*', '?']) {
            return Some((
                format!("`{text}` has a wildcard"),
                "write the whole ARN: a permission on a pattern would cover other secrets too".to_owned(),
            ));
        }
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || "/_+=.@-!".contains(c)) {
            return Some((format!("`{text}` holds characters that no secret's ARN has"), "copy the ARN again".to_owned()));
        }
        let whole = name.rsplit_once('-').is_some_and(|(before, suffix)| {
            !before.is_empty() && suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        (!whole).then(|| {
            (
                format!("`{text}` lacks the hyphen and six characters at the end of a secret's ARN"),
                "write the whole ARN, as `aws secretsmanager describe-secret` prints it".to_owned(),
            )
        })
    })
}
