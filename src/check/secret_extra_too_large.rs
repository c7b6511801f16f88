//! Further keys travel in the function's environment, which holds 4 KB in all (Lambda developer guide, "Lambda quotas").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "secret-extra-too-large",
    level: Level::Error,
    summary: "the further keys of the secret are too large",
    explanation: "The function writes these keys into each new version of the secret, and reads them from its \
        environment, which holds 4 KB in all. 2 KB of JSON are left for them. Keep larger content, such as \
        certificates, in a secret or parameter of its own.",
};

/// Bytes of JSON.
const MOST: usize = 2048;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let extra = &subject.spec.secret.extra;
    let size = serde_json::to_string(extra).map_or(0, |json| json.len());
    if size <= MOST {
        return vec![];
    }
    vec![
        Diagnostic::at_key(
            &CODE,
            Route::to("secret.extra"),
            format!("`secret.extra` is {size} bytes of JSON, and {MOST} fit into the function's environment"),
        )
        .help("keep what is large in a secret or parameter of its own, and its name here"),
    ]
}
