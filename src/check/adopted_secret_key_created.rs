//! The key of a secret that exists is chosen where the secret is created.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::ValueOrCreate;

pub static CODE: Code = Code {
    name: "adopted-secret-key-created",
    level: Level::Error,
    summary: "a new key cannot encrypt a secret that exists",
    explanation: "`kms_key: create` makes a key and encrypts the secret with it, which only works for a secret that is \
        created along with it. For an adopted secret, `kms_key` names the key that encrypts it already, so that the \
        function may use it. Leave it out when that is the AWS managed key.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let secret = &subject.spec.secret;
    let creates = matches!(secret.kms_key, Some(ValueOrCreate::Create(_)));
    if !creates || secret.arn.is_none() || secret.username.is_some() {
        return vec![];
    }
    vec![
        Diagnostic::at(&CODE, Route::to("secret.kms_key"), "a key cannot be created for a secret that exists")
            .also(At::Key(Route::to("secret.arn")), "adopts the secret")
            .help("write the ARN of the key that encrypts the secret, or remove `kms_key` if it is the AWS managed one"),
    ]
}
