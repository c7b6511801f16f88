//! A created secret's key belongs to the secret's account (Secrets Manager user guide, "Secret encryption and
//! decryption").

use super::Subject;
use super::home;
use super::values::Kind;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "kms-key-account",
    level: Level::Error,
    summary: "the created secret's key is in another account",
    explanation: "A key of another account encrypts a secret only while that account's key policy lets the role that \
        deploys, the rotation function's role and every reader in. None of this is in the hands of the account that \
        is deployed to, and a change there locks the database's clients out. Use a key of the same account, or \
        `create`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if spec.secret.username.is_none() {
        return vec![];
    }
    let accounts = home::in_account(spec);
    let Some(known) = accounts.first() else { return vec![] };
    home::arns(spec)
        .iter()
        .filter(|told| told.kind == Kind::Key && told.route == Route::to("secret.kms_key"))
        .filter(|told| told.arn.account != known.arn.account)
        .map(|told| {
            let message = format!(
                "the key is in account {}, and `{}` says that the secret will be in {}",
                told.arn.account, known.route, known.arn.account
            );
            Diagnostic::at(&CODE, told.route.clone(), message)
                .also(At::Value(known.route.clone()), format!("in account {}", known.arn.account))
                .help("name a key of the same account, or write `create`")
        })
        .collect()
}
