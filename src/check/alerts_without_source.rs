//! Without a function there are no errors of a function.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "alerts-without-source",
    level: Level::Warning,
    summary: "nothing would ever raise the alert",
    explanation: "Alerts watch the rotation function's errors, and with `trail: true` also the failure events of Secrets \
        Manager. With `strategy: managed` there is no function, so only the events are left. They need a CloudTrail trail \
        in the Region.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if !spec.strategy.is_managed() || spec.alerts.as_ref().is_none_or(|alerts| alerts.trail) {
        return vec![];
    }
    vec![
        Diagnostic::at_key(&CODE, Route::to("alerts"), "there is no function whose errors could raise an alert")
            .also(At::Value(Route::to("strategy")), "rotated by AWS")
            .help("add `trail: true`, if a CloudTrail trail records the Region"),
    ]
}
