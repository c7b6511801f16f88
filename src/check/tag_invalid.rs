//! Tags have to satisfy the strictest of the services that carry them, which is IAM (IAM user guide, "Rules for
//! tagging").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "tag-invalid",
    level: Level::Error,
    summary: "a tag is one that AWS refuses",
    explanation: "The tags are put on every resource, so each must suit the strictest service, IAM: a key of 1 to 128 \
        characters, a value of at most 256, both of letters, digits, spaces and `_ . : / = + - @`. Keys that start \
        with `aws:` are AWS's own.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let tags = Route::to("tags");
    let mut found = Vec::new();
    for (key, value) in &subject.spec.tags {
        let at_key = |message: String, help: &str| Diagnostic::at_key(&CODE, tags.key(key), message).help(help);
        let length = key.chars().count();
        if !(1..=128).contains(&length) {
            let message = format!("a tag's key is {length} characters long");
            found.push(at_key(message, "write a key of 1 to 128 characters"));
        } else if key.to_lowercase().starts_with("aws:") {
            found.push(at_key(format!("`{key}` starts with `aws:`, which only AWS may use"), "write another prefix"));
        } else if let Some(character) = key.chars().find(|&character| !is_allowed(character)) {
            found.push(at_key(
                format!("the key of the tag `{key}` holds `{character}`, which IAM refuses"),
                "use letters, digits, spaces and `_ . : / = + - @`",
            ));
        }
        let at_value = |message: String, help: &str| Diagnostic::at(&CODE, tags.key(key), message).help(help);
        let length = value.chars().count();
        if length > 256 {
            let message = format!("the value of the tag `{key}` is {length} characters long");
            found.push(at_value(message, "write at most 256 characters"));
        } else if let Some(character) = value.chars().find(|&character| !is_allowed(character)) {
            found.push(at_value(
                format!("the value of the tag `{key}` holds `{character}`, which IAM refuses"),
                "use letters, digits, spaces and `_ . : / = + - @`",
            ));
        }
    }
    found
}

/// `[\p{L}\p{Z}\p{N}_.:/=+\-@]`. Control characters are another rule's.
fn is_allowed(character: char) -> bool {
    character.is_alphanumeric()
        || character.is_whitespace()
        || character.is_control()
        || "_.:/=+-@".contains(character)
}
