//! A window ends before the next one starts, and within its day (Secrets Manager user guide, "Rotation schedules").

use super::Subject;
use super::cron::Cron;
use super::interval::{Interval, window};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-window-too-long",
    level: Level::Error,
    summary: "the window reaches into the next day or the next rotation",
    explanation: "Secrets Manager refuses a window that reaches into the next day (UTC) or into the next window. A schedule \
        in days starts at midnight, one in hours has a window of at most its interval, and with `cron` the last start \
        of the day and the window together must not exceed 24 hours.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let schedule = &subject.spec.schedule;
    let Some(length) = schedule.window.as_deref().and_then(window) else { return vec![] };
    let every = schedule.every.as_deref().map(Interval::parse);
    let cron = schedule.cron.as_deref().map(Cron::parse);
    let (most, why, asker) = match (every, cron) {
        // Another rule's.
        (Some(None), _) | (_, Some(Err(_))) => return vec![],
        (Some(Some(Interval::Hours(hours))), _) if hours < 24 => {
            (hours, format!("the next rotation starts after {hours} hours"), Some("schedule.every"))
        }
        (None, Some(Ok(cron))) => {
            let last = cron.hours.last().copied().unwrap_or(0);
            let to_midnight = 24u32.saturating_sub(last);
            match cron.shortest_gap() {
                Some(gap) if gap < to_midnight => {
                    (gap, format!("the next rotation starts after {gap} hours"), Some("schedule.cron"))
                }
                _ => (to_midnight, format!("it starts at {last} o'clock and must end by midnight"), Some("schedule.cron")),
            }
        }
        (Some(Some(_)), _) => (24, "it starts at midnight and must end on the same day".to_owned(), Some("schedule.every")),
        (None, None) => (24, "it starts at midnight and must end on the same day".to_owned(), None),
    };
    if length <= most {
        return vec![];
    }
    let found = Diagnostic::at(
        &CODE,
        Route::to("schedule.window"),
        format!("the window is {length} hours long, and {why}"),
    )
    .help(format!("write at most `{most}h`"));
    vec![match asker {
        Some(asker) => found.also(At::Value(Route::to(asker)), "the schedule"),
        None => found,
    }]
}
