//! Secrets Manager adds a hyphen and six characters to a name to make the ARN (Secrets Manager API reference,
//! `CreateSecret`).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "secret-name-like-suffix",
    level: Level::Warning,
    summary: "the secret's name ends like an ARN",
    explanation: "Secrets Manager adds a hyphen and six random characters to the name to make the ARN. A name that \
        itself ends in a hyphen and six characters is taken for an ARN when somebody looks it up by a part of the ARN, \
        and may then find another secret. AWS advises against such names.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(name) = &subject.spec.secret.name else { return vec![] };
    let ends_so = name.rsplit_once('-').is_some_and(|(before, last)| {
        !before.is_empty() && last.len() == 6 && last.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if !ends_so {
        return vec![];
    }
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("secret.name"),
            format!("`{name}` ends in a hyphen and six characters, as ARNs of secrets do"),
        )
        .help("let the last word have another length, or put a `/` or `_` before it"),
    ]
}
