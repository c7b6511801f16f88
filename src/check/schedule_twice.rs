//! A secret has one schedule (Secrets Manager API reference, `RotationRulesType`).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-twice",
    level: Level::Error,
    summary: "the schedule is said in two ways",
    explanation: "`every` says how much time lies between two rotations, `cron` at which times they are. A secret has one \
        of the two.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let schedule = &subject.spec.schedule;
    if schedule.every.is_none() || schedule.cron.is_none() {
        return vec![];
    }
    vec![
        Diagnostic::at_key(&CODE, Route::to("schedule.cron"), "`schedule` has both `every` and `cron`")
            .also(At::Key(Route::to("schedule.every")), "says it already")
            .help("keep one of the two"),
    ]
}
