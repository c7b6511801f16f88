//! Addresses (RFC 5321, as far as it takes to tell an address from something else).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "email-invalid",
    level: Level::Error,
    summary: "a text is not an e-mail address",
    explanation: "SNS sends a message to this address, asking to confirm the subscription. To a text that is no address it \
        sends nothing, and nobody would hear of a failed rotation.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let emails = subject.spec.alerts.iter().flat_map(|alerts| &alerts.email);
    emails
        .enumerate()
        .filter(|(_, email)| !is_address(email))
        .map(|(index, email)| {
            let help = match email.strip_prefix("mailto:").filter(|rest| is_address(rest)) {
                Some(address) => format!("write the address alone: `{address}`"),
                None => "write an address, such as `oncall@example.com`".to_owned(),
            };
            Diagnostic::at(&CODE, Route::to("alerts.email").index(index), format!("`{email}` is not an e-mail address"))
                .help(help)
        })
        .collect()
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>(),;:\"@[]\\".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(strange)
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}
