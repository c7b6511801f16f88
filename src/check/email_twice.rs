//! SNS keeps one subscription for each address (SNS API reference, `Subscribe`).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "email-twice",
    level: Level::Error,
    summary: "an address stands twice in the list",
    explanation: "SNS keeps one subscription of an address to a topic. Two of them in the output would fight over the same \
        one: when the second is taken away, the first is gone as well.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let emails: Vec<&String> = subject.spec.alerts.iter().flat_map(|alerts| &alerts.email).collect();
    let route = Route::to("alerts.email");
    let mut found = Vec::new();
    for (index, email) in emails.iter().enumerate() {
        if let Some(first) = emails.iter().take(index).position(|other| other.eq_ignore_ascii_case(email)) {
            found.push(
                Diagnostic::at(&CODE, route.index(index), format!("`{email}` stands in the list already"))
                    .also(At::Value(route.index(first)), "first here")
                    .help("remove one of the two"),
            );
        }
    }
    found
}
