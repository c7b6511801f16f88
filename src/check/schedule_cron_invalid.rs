//! Cron expressions (Secrets Manager user guide, "Rotation schedules").

use super::Subject;
use super::cron::Cron;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-cron-invalid",
    level: Level::Error,
    summary: "the cron expression is not one that Secrets Manager reads",
    explanation: "The expression has six fields: minutes (always `0`), hours (0-23), day of the month (1-31, `L` for the \
        last), month (1-12 or JAN-DEC), day of the week (1-7 or SUN-SAT, Sunday is 1, `SUN#1` for the first, `SUNL` for \
        the last), year (always `*`). Exactly one of the two days is `?`. Times are UTC.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(cron) = &subject.spec.schedule.cron else { return vec![] };
    let route = Route::to("schedule.cron");
    let text = cron.trim();
    if let Some(inner) = text.strip_prefix("cron(").and_then(|rest| rest.strip_suffix(')')) {
        return vec![
            Diagnostic::at(&CODE, route, "`cron(...)` is added by itself")
                .help(format!("write the fields alone: `{}`", inner.trim())),
        ];
    }
    if let Some(inner) = text.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')')) {
        return vec![
            Diagnostic::at(&CODE, route, "an interval is not written as `cron`")
                .help(format!("write `every: {}` instead of `cron`", inner.trim())),
        ];
    }
    match Cron::parse(cron) {
        Ok(_) => vec![],
        Err(mistake) => vec![Diagnostic::at(&CODE, route, mistake.message).help(mistake.help)],
    }
}
