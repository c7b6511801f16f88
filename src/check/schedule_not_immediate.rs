//! A schedule that was there before may still fire (Secrets Manager API reference, `RotateSecret`, RotateImmediately).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "schedule-not-immediate",
    level: Level::Warning,
    summary: "the adopted secret may still rotate at its old time",
    explanation: "With `immediately: false` and an interval, a rotation that was scheduled for this secret before may still \
        happen at its old time. AWS advises a `cron` expression where the time of the first rotation matters.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let schedule = &spec.schedule;
    if spec.secret.arn.is_none() || schedule.immediately != Some(false) || schedule.cron.is_some() {
        return vec![];
    }
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("schedule.immediately"),
            "a rotation that was scheduled for this secret before may still happen",
        )
        .also(At::Key(Route::to("secret.arn")), "may have a schedule already")
        .help("write `cron`, or make sure that nothing is scheduled yet"),
    ]
}
