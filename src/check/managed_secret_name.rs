//! Secrets that a service manages have the service's name and a `!` in theirs (Secrets Manager user guide, "Secrets
//! managed by other AWS services").

use super::Subject;
use super::home;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "managed-secret-name",
    level: Level::Warning,
    summary: "the secret does not look like one that AWS rotates by itself",
    explanation: "Secrets that a service manages are named after it, such as `rds!db-...` or `redshift!...`. A schedule for \
        another secret is refused as long as no function is attached to it. If you or your team made this secret, use \
        `single-user` or `alternating-users`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.spec.strategy.is_managed() {
        return vec![];
    }
    let route = Route::to("secret.arn");
    home::arns(subject.spec)
        .iter()
        .filter(|told| told.route == route && told.arn.service == "secretsmanager" && !told.arn.resource.contains('!'))
        .map(|told| {
            let name = told.arn.resource.trim_start_matches("secret:");
            Diagnostic::at(&CODE, route.clone(), format!("`{name}` does not look like a secret that a service manages"))
                .also(At::Value(Route::to("strategy")), "rotated by AWS")
                .help("check that AWS rotates it; otherwise write another strategy")
        })
        .collect()
}
