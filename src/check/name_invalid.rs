//! The spec's name prefixes every physical name, so it must fit all of them.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "name-invalid",
    level: Level::Error,
    summary: "the spec's name cannot prefix AWS names",
    explanation: "The name starts the name of the function, its role, its policies and its security group. \
        IAM allows a role's name 64 characters, of which the Region and our own words take 24, so 40 remain: \
        lower case letters, digits and hyphens, a letter first.",
};

/// Lower case letters, digits, hyphens; a letter first; at most 40.
const LONGEST: usize = 40;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let name = &subject.spec.name;
    let fits = name.len() <= LONGEST
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        // EC2 keeps names that look like a group's identifier for itself (CreateSecurityGroup, API reference).
        && !name.starts_with("sg-")
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits {
        return vec![];
    }
    vec![
        Diagnostic::at(&CODE, Route::to("name"), format!("`{name}` cannot prefix the names of AWS resources"))
            .help("write at most 40 lower case letters, digits and hyphens, a letter first, and not `sg-` first"),
    ]
}
