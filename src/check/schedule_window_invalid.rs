//! Windows (Secrets Manager API reference, `RotationRulesType`, Duration).

use super::Subject;
use super::interval::{positive, window};
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-window-invalid",
    level: Level::Error,
    summary: "the window is not a number of hours",
    explanation: "The window says for how long after its time a rotation may start, in whole hours: `3h`. Without it, an \
        hourly schedule has one hour, and a daily one the rest of the day (UTC).",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(text) = &subject.spec.schedule.window else { return vec![] };
    if window(text).is_some() {
        return vec![];
    }
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let unit = text.trim().trim_start_matches(|c: char| c.is_ascii_digit()).trim().to_lowercase();
    let help = match (positive(&digits), unit.as_str()) {
        (Some(hours), "" | "h" | "hour" | "hours") => format!("write `{hours}h`"),
        (Some(minutes), "m" | "min" | "minutes") => format!("write whole hours: `{}h`", minutes.div_ceil(60)),
        _ => "write a number of hours, such as `3h`".to_owned(),
    };
    vec![Diagnostic::at(&CODE, Route::to("schedule.window"), format!("`{text}` is not a window")).help(help)]
}
