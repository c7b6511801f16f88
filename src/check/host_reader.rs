//! Passwords are changed on the writer (Aurora user guide, "Types of Aurora endpoints"; DocumentDB developer guide,
//! "Understanding endpoints").

use super::Subject;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "host-reader",
    level: Level::Error,
    summary: "the host is a reader endpoint, where no password can be changed",
    explanation: "A cluster's reader endpoint (`.cluster-ro-`) leads to its replicas, which are read-only: setting a \
        password there fails. The writer's endpoint is the same name with `.cluster-`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if subject.database().is_none() {
        return vec![];
    }
    values::judge(subject, &[Kind::Host], &CODE, |text| {
        let is_reader = text.contains(".cluster-ro-") && text.contains(".amazonaws.");
        is_reader.then(|| {
            (
                format!("`{text}` is a reader endpoint: passwords cannot be changed on replicas"),
                format!("write the writer's: `{}`", text.replacen(".cluster-ro-", ".cluster-", 1)),
            )
        })
    })
}
