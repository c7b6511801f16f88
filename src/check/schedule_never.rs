//! Days that some years do not have (Secrets Manager user guide, "Rotation schedules": no schedule is more than a year
//! apart).

use super::Subject;
use super::cron::Cron;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-never",
    level: Level::Error,
    summary: "the schedule's day never comes, or only in leap years",
    explanation: "None of the months that the expression names has such a day, so the secret would never rotate and nobody \
        would be told. The last day of any month is `L`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(text) = &subject.spec.schedule.cron else { return vec![] };
    match Cron::parse(text) {
        Ok(cron) if !cron.comes_every_year() => vec![
            Diagnostic::at(&CODE, Route::to("schedule.cron"), format!("the day of `{text}` does not come every year"))
                .help("write `L` for the last day of the month, or an earlier day"),
        ],
        Ok(_) | Err(_) => vec![],
    }
}
