//! ARNs of KMS keys (KMS developer guide, "Key identifiers").

use super::Subject;
use super::arn::Arn;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "kms-key-invalid",
    level: Level::Error,
    summary: "a value is not the ARN of a KMS key",
    explanation: "Permissions name a KMS key by the ARN of the key, `arn:aws:kms:REGION:ACCOUNT:key/ID`. An alias or a \
        bare ID in a policy matches nothing, so the function could not decrypt the secret. For the AWS managed key \
        `aws/secretsmanager`, leave the setting out: it needs no permission.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Key], &CODE, |text| {
        let arn = Arn::regional(text, "kms");
        let id = arn.and_then(|arn| arn.resource.strip_prefix("key/"));
        if id.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
            return None;
        }
        if text.ends_with("alias/aws/secretsmanager") || text == "aws/secretsmanager" {
            return Some((
                format!("`{text}` is the alias of the AWS managed key"),
                "remove the setting: without it, the AWS managed key is used".to_owned(),
            ));
        }
        let help = "write the key's ARN, `arn:aws:kms:REGION:ACCOUNT:key/ID`";
        Some(if text.contains("alias/") {
            (format!("`{text}` is an alias, which permissions cannot name"), help.to_owned())
        } else if arn.is_some() || Arn::parse(text).is_some() {
            (format!("`{text}` is not the ARN of a KMS key"), help.to_owned())
        } else if text == "create" {
            // Only `secret.kms_key` takes the word.
            (
                "a key can be created for the secret alone".to_owned(),
                "write the ARN of a key that exists, or remove the setting".to_owned(),
            )
        } else {
            (format!("`{text}` is not an ARN"), help.to_owned())
        })
    })
}
