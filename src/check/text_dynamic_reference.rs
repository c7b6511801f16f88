//! CloudFormation replaces `{{resolve:…}}` wherever it stands (CloudFormation user guide, "Dynamic references").

use super::{Subject, texts};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "text-dynamic-reference",
    level: Level::Error,
    summary: "a text holds a dynamic reference of CloudFormation",
    explanation: "CloudFormation replaces `{{resolve:...}}` in any property by what it refers to, and Terraform does \
        not, so the two outputs would differ. A reference to a secret would put its value where everybody can read \
        it. For a value that is known at deploy time, use `{ ssm: /name }`, `{ parameter: Name }` or \
        `{ import: name }` where the language takes a value.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    texts::all(subject.spec)
        .into_iter()
        .filter(|placed| placed.text.contains("{{resolve:"))
        .map(|placed| {
            let message = format!("{} holds `{{{{resolve:`, which CloudFormation would replace", placed.name);
            Diagnostic::new(&CODE, placed.at, message)
                .help("write the text itself, or `{ ssm: /name }` where a value may be looked up")
        })
        .collect()
}
