//! Secret names (Secrets Manager API reference, `CreateSecret`).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "secret-name-invalid",
    level: Level::Error,
    summary: "AWS refuses the secret's name",
    explanation: "A secret's name has 1 to 512 letters, digits and `/ _ + = . @ -`. Names with `!` and names below \
        `aws/` are kept for secrets that AWS services manage.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(name) = &subject.spec.secret.name else { return vec![] };
    let refused = |message: String, help: &str| {
        vec![Diagnostic::at(&CODE, Route::to("secret.name"), message).help(help)]
    };
    let strange = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"/_+=.@-".contains(*c));
    if name.is_empty() {
        refused("the secret's name is empty".to_owned(), "write a name, or leave the key out to have one made up")
    } else if name.starts_with("arn:") {
        refused(format!("`{name}` is an ARN, not a name"), "to adopt the secret that exists, write it as `secret.arn`")
    } else if name.len() > 512 {
        refused(format!("the secret's name is {} characters long", name.len()), "write at most 512 characters")
    } else if strange == Some('!') {
        refused(
            format!("`{name}` has a `!`, as only secrets that AWS services manage have"),
            "write another name; to schedule a managed secret, write `secret.arn` and `strategy: managed`",
        )
    } else if let Some(strange) = strange {
        refused(
            format!("the secret's name `{name}` holds `{strange}`, which AWS refuses"),
            "use letters, digits and `/ _ + = . @ -`",
        )
    } else if name.to_lowercase().starts_with("aws/") {
        refused(format!("`{name}` starts with `aws/`, which is kept for AWS"), "write another prefix")
    } else {
        vec![]
    }
}
