//! How long a step can take (connection attempts with the pending, the current and the previous password).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "timeout-short",
    level: Level::Warning,
    summary: "a step of the rotation may take longer than the function is given",
    explanation: "A step may try up to three passwords against a database that answers slowly. When the time runs out Lambda \
        ends the function, and the log says no more than that. 60 seconds are the default, and cost nothing when they \
        are not used.",
};

const SECONDS: u32 = 60;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.spec.function.timeout {
        Some(seconds) if seconds < SECONDS => vec![
            Diagnostic::at(
                &CODE,
                Route::to("function.timeout"),
                format!("{seconds} seconds may be too short for a step that tries three passwords"),
            )
            .help("write 60 or more"),
        ],
        _ => vec![],
    }
}
