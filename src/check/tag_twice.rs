//! IAM's tag keys do not tell upper from lower case (IAM user guide, "Rules for tagging").

use std::collections::BTreeMap;

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "tag-twice",
    level: Level::Error,
    summary: "two tags differ only by case",
    explanation: "IAM takes `Team` and `team` for the same key and refuses a role that carries both, while other \
        services keep them apart. Keep one of the two.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let tags = Route::to("tags");
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for key in subject.spec.tags.keys() {
        if let Some(earlier) = first.insert(key.to_lowercase(), key) {
            found.push(
                Diagnostic::at_key(&CODE, tags.key(key), format!("the tags `{earlier}` and `{key}` differ only by case"))
                    .also(At::Key(tags.key(earlier)), "the other")
                    .help("remove one of the two"),
            );
        }
    }
    found
}
