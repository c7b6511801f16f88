//! A secret is created for a login, or an existing one is adopted.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "secret-login-or-arn",
    level: Level::Error,
    summary: "the spec does not say whether the secret is created or exists",
    explanation: "With `secret.username` a new secret is created for that login. With `secret.arn` an existing secret \
        is adopted, which holds its user name itself. Exactly one of the two says which is meant.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let secret = &subject.spec.secret;
    match (&secret.username, &secret.arn) {
        (Some(_), Some(_)) => vec![
            Diagnostic::at_key(&CODE, Route::to("secret.arn"), "`secret` has both `arn` and `username`")
                .also(At::Key(Route::to("secret.username")), "creates a secret")
                .help("keep `username` to create a secret, or `arn` to adopt the one that exists"),
        ],
        (None, None) => vec![
            Diagnostic::at_key(&CODE, Route::to("secret"), "`secret` has neither `username` nor `arn`")
                .help("add `username:` with the login to create a secret for, or `arn:` with the secret to adopt"),
        ],
        (Some(_), None) | (None, Some(_)) => vec![],
    }
}
