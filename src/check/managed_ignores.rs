//! With managed rotation there is no function, so what would shape it has no effect.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Function, Password};

pub static CODE: Code = Code {
    name: "managed-ignores",
    level: Level::Warning,
    summary: "a key has no effect when AWS rotates by itself",
    explanation: "With `strategy: managed` the service that owns the secret changes the password in its own way. There is \
        no function, so its database, place, code and passwords are not set here: only the schedule, the operators \
        and the alerts are. The keys may stay, for instance because they come from a base; nothing is made of them.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if !spec.strategy.is_managed() {
        return vec![];
    }
    let given = [
        ("secret.password", spec.secret.password != Password::default()),
        ("secret.extra", !spec.secret.extra.is_empty()),
        ("database", spec.database.is_some()),
        ("placement", spec.placement.is_some()),
        ("function", spec.function != Function::default()),
    ];
    given
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(key, _)| {
            Diagnostic::at_key(&CODE, Route::to(key), format!("`{key}` has no effect: AWS rotates this secret itself"))
                .also(At::Value(Route::to("strategy")), "rotated by AWS")
                .help("remove it, or write another strategy")
        })
        .collect()
}
