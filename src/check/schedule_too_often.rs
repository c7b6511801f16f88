//! The shortest interval (Secrets Manager user guide, "Rotation schedules": every four hours).

use super::Subject;
use super::cron::Cron;
use super::interval::Interval;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-too-often",
    level: Level::Error,
    summary: "Secrets Manager rotates every four hours at most",
    explanation: "Secrets Manager refuses schedules with less than four hours between two rotations. Each rotation also \
        makes clients that keep the old password read the secret again.",
};

const LEAST: u32 = 4;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let schedule = &subject.spec.schedule;
    let every = schedule.every.as_deref().and_then(Interval::parse).map(Interval::hours);
    let cron = schedule.cron.as_deref().and_then(|cron| Cron::parse(cron).ok()).and_then(|cron| cron.shortest_gap());
    [("schedule.every", every), ("schedule.cron", cron)]
        .into_iter()
        .filter_map(|(route, hours)| {
            let hours = hours.filter(|&hours| hours < LEAST)?;
            let hours = if hours == 1 { "1 hour lies".to_owned() } else { format!("{hours} hours lie") };
            let message = format!("{hours} between two rotations, and AWS wants at least {LEAST}");
            Some(Diagnostic::at(&CODE, Route::to(route), message).help("leave four hours or more between rotations"))
        })
        .collect()
}
