//! Managed rotation belongs to secrets that AWS services make (Secrets Manager user guide, "Managed rotation").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "managed-secret-created",
    level: Level::Error,
    summary: "a created secret cannot be rotated by AWS itself",
    explanation: "With `strategy: managed` a service such as RDS made the secret and rotates it without a function. A \
        secret that is created here belongs to you, and needs a function. Name the service's secret by `secret.arn`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if !spec.strategy.is_managed() || spec.secret.username.is_none() || spec.secret.arn.is_some() {
        return vec![];
    }
    vec![
        Diagnostic::at_key(&CODE, Route::to("secret.username"), "this creates a secret, and AWS rotates only its own")
            .also(At::Value(Route::to("strategy")), "rotated by AWS")
            .help("write `secret.arn` with the service's secret, or another strategy"),
    ]
}
