//! Only the bundled function looks whether a rotation is late.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "overdue-not-watched",
    level: Level::Warning,
    summary: "nothing notices a rotation that is never started",
    explanation: "A rotation that fails raises an alert. One that is never started, for instance because somebody turned the \
        schedule off, makes no error. The bundled function looks for it once a day; other code does not, so this one \
        case stays unseen. AWS Config's rule `secretsmanager-scheduled-rotation-success-check` can watch it instead.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let Some(alerts) = &spec.alerts else { return vec![] };
    let managed = spec.strategy.is_managed();
    // Without a trail nothing at all is watched, as another rule says.
    if (managed && !alerts.trail) || (!managed && spec.function.is_bundled()) {
        return vec![];
    }
    let why = if managed {
        At::Value(Route::to("strategy"))
    } else {
        At::Key(Route::to("function.source"))
    };
    vec![
        Diagnostic::at_key(&CODE, Route::to("alerts"), "a rotation that fails is reported, one that is never started is not")
            .also(why, "only the bundled function looks for it")
            .help("watch for it with AWS Config: `secretsmanager-scheduled-rotation-success-check`"),
    ]
}
