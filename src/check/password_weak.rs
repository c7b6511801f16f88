//! How many passwords there are (NIST SP 800-63B asks 64 bits of a secret that is looked up).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Profile;

pub static CODE: Code = Code {
    name: "password-weak",
    level: Level::Warning,
    summary: "so short a password can be guessed",
    explanation: "What keeps a generated password from being guessed is its length and the number of characters that it \
        is made of. Below 64 bits (about 11 letters and digits) somebody who gets hold of the database's password \
        hashes can try them all. Nobody has to type this password, so nothing speaks for a short one.",
};

const BITS: f64 = 64.0;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let password = &subject.spec.secret.password;
    let excluded = |character: &char| {
        password.exclude.as_deref().unwrap_or("").contains(*character)
            || (character.is_ascii_punctuation() && password.profile == Profile::Alphanumeric)
    };
    // The profiles exclude more; this is the most that can be left.
    let left = ('!'..='~').filter(|character| !excluded(character)).count();
    let (Some(length), Ok(left)) = (password.length, u32::try_from(left)) else { return vec![] };
    let bits = f64::from(length) * f64::from(left.max(1)).log2();
    if bits >= BITS {
        return vec![];
    }
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("secret.password.length"),
            format!("{length} of {left} characters make {bits:.0} bits: such a password can be guessed"),
        )
        .help("write at least 16, or leave `length` out for 32"),
    ]
}
