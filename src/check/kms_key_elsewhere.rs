//! A key of another account needs that account's consent (KMS developer guide, "Allowing users in other accounts to
//! use a KMS key").

use super::Subject;
use super::home::{self, Told};
use super::values::Kind;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "kms-key-elsewhere",
    level: Level::Warning,
    summary: "a secret's key is in another account, whose key policy must let the function in",
    explanation: "The output gives the function's role the right to use the key, and for a key of another account that \
        is only half of it: the key's own policy must name the role too, and only its owner can change it. Ask for \
        `kms:Decrypt`, `kms:DescribeKey` and `kms:GenerateDataKey` for the role that the stack puts out.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let told = home::arns(subject.spec);
    let of_secret = |secret: &Told<'_>| told.iter().find(|key| key.kind == Kind::Key && key.route == key_of(&secret.route));
    told.iter()
        .filter(|told| told.kind == Kind::Secret)
        .filter_map(|secret| Some((secret, of_secret(secret)?)))
        .filter(|(secret, key)| secret.arn.account != key.arn.account)
        .map(|(secret, key)| {
            let message =
                format!("the key is in account {}, and its secret in {}", key.arn.account, secret.arn.account);
            Diagnostic::at(&CODE, key.route.clone(), message)
                .also(At::Value(secret.route.clone()), "the secret")
                .help("have the key's owner name the function's role in the key's policy")
        })
        .collect()
}

/// The route of the key that belongs to the secret at a route.
fn key_of(secret: &Route) -> Route {
    let route = secret.to_string();
    match route.strip_suffix(".superuser_secret") {
        Some(strategy) => Route::to(strategy).key("superuser_kms_key"),
        None => Route::to("secret.kms_key"),
    }
}
