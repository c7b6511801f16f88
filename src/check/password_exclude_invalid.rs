//! Characters that AWS's generator never uses need not be excluded (Secrets Manager API reference, `GetRandomPassword`).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "password-exclude-invalid",
    level: Level::Error,
    summary: "the excluded characters hold one that no password has, or are too many",
    explanation: "AWS makes passwords of the letters, digits and punctuation of ASCII. A character such as `ä` or an \
        emoji never occurs, and excluding it is nearly always an encoding that went wrong, with the character that was \
        meant left in.",
};

/// Longer than any set of the 95 printable characters of ASCII.
const MOST: usize = 256;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(exclude) = &subject.spec.secret.password.exclude else { return vec![] };
    let route = Route::to("secret.password.exclude");
    if let Some(strange) = exclude.chars().find(|character| !character.is_ascii()) {
        return vec![
            Diagnostic::at(&CODE, route, format!("`{strange}` is no character that a generated password has"))
                .help("list ASCII characters only, one after the other"),
        ];
    }
    if exclude.len() > MOST {
        return vec![
            Diagnostic::at(&CODE, route, format!("{} characters are excluded, many of them twice", exclude.len()))
                .help("list each character once"),
        ];
    }
    vec![]
}
