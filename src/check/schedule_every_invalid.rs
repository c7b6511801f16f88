//! Intervals (Secrets Manager user guide, "Rotation schedules": hours or days, at most 999 days).

use super::Subject;
use super::interval::{Interval, positive};
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-every-invalid",
    level: Level::Error,
    summary: "the interval is not one that AWS knows",
    explanation: "An interval is a number of hours or days, such as `12 hours` or `30 days`, of at most 999 days. Weeks and \
        months are written in days, or as `cron`.",
};

const MOST_DAYS: u32 = 999;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(every) = &subject.spec.schedule.every else { return vec![] };
    let (message, help) = match Interval::parse(every) {
        Some(interval) if interval.hours() <= MOST_DAYS * 24 => return vec![],
        Some(_) => (format!("`{every}` is longer than AWS waits"), format!("write at most `{MOST_DAYS} days`")),
        None => (format!("`{every}` is not an interval"), help(every)),
    };
    vec![Diagnostic::at(&CODE, Route::to("schedule.every"), message).help(help)]
}

fn help(every: &str) -> String {
    let inner = every.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')'));
    if let Some(inner) = inner.filter(|inner| Interval::parse(inner).is_some()) {
        return format!("write it without `rate(...)`: `{inner}`");
    }
    let lower = every.trim().to_lowercase();
    let digits = lower.len() - lower.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = lower.split_at(digits);
    let unit = unit.trim();
    match (positive(number), unit) {
        (Some(number), "week" | "weeks" | "w") if number <= MOST_DAYS / 7 => format!("write `{} days`", number * 7),
        (Some(number), "month" | "months") if number <= MOST_DAYS / 30 => {
            format!("write `{} days`, or `cron: \"0 3 1 1/{number} ? *\"`", number * 30)
        }
        (Some(number), "year" | "years") if number <= MOST_DAYS / 365 => format!("write `{} days`", number * 365),
        (Some(number), "day" | "days" | "d" | "") => format!("write `{number} days`"),
        (Some(number), "hour" | "hours" | "h") => format!("write `{number} hours`"),
        _ => "write a number of hours or days, such as `12 hours` or `30 days`".to_owned(),
    }
}
