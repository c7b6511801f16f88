//! Login names that no engine would take, or that nobody means.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "username-invalid",
    level: Level::Error,
    summary: "the login's name is empty or has space around it",
    explanation: "The name is used exactly as it stands, in quotes, so a space at its end would be part of it and the \
        login would not be found. Spaces inside the name are fine.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(username) = &subject.spec.secret.username else { return vec![] };
    let message = if username.is_empty() {
        "the login has no name"
    } else if username.trim() != username {
        "the login's name starts or ends with a space"
    } else {
        return vec![];
    };
    vec![Diagnostic::at(&CODE, Route::to("secret.username"), message).help("write the name as the database knows it")]
}
