//! Two logins take turns: `app` and `app_clone` (Secrets Manager user guide, "Alternating users rotation strategy").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "username-is-clone",
    level: Level::Error,
    summary: "the login's name already ends in `_clone`",
    explanation: "With alternating users the function tells the two logins apart by the ending `_clone`: it takes \
        `app_clone` for the second login, and would next change the password of `app`, which may be somebody else's. \
        Write the first login's name.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let Some(username) = spec.secret.username.as_ref().filter(|_| spec.strategy.is_alternating()) else { return vec![] };
    let is_oracle = subject.database().is_some_and(|database| database.engine == Engine::Oracle);
    let name = if is_oracle { username.to_lowercase() } else { username.clone() };
    let Some(first) = name.strip_suffix("_clone") else { return vec![] };
    let first = username.get(..first.len()).unwrap_or(first);
    vec![
        Diagnostic::at(&CODE, Route::to("secret.username"), format!("`{username}` already ends in `_clone`"))
            .also(At::Key(Route::to("strategy")), "makes a second login with this ending")
            .help(format!("write the first login: `{first}`")),
    ]
}
