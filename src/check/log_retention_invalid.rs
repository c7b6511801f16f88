//! Retention times (CloudWatch Logs API reference, `PutRetentionPolicy`).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "log-retention-invalid",
    level: Level::Error,
    summary: "CloudWatch Logs does not keep logs for this number of days",
    explanation: "CloudWatch Logs knows these times only: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, \
        1096, 1827, 2192, 2557, 2922, 3288 and 3653 days.",
};

const DAYS: &[u32] =
    &[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(days) = subject.spec.function.log_retention_days.filter(|days| !DAYS.contains(days)) else { return vec![] };
    let below = DAYS.iter().rfind(|&&known| known < days);
    let above = DAYS.iter().find(|&&known| known > days);
    let help = match (below, above) {
        (Some(below), Some(above)) => format!("write {below} or {above}"),
        (_, Some(only)) | (Some(only), _) => format!("write {only}"),
        (None, None) => return vec![],
    };
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("function.log_retention_days"),
            format!("CloudWatch Logs does not keep logs for {days} days"),
        )
        .help(help),
    ]
}
