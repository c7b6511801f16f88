//! A service's own secret takes no other function (Secrets Manager user guide, "Secrets managed by other AWS services").

use super::Subject;
use super::home;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "secret-managed-by-aws",
    level: Level::Error,
    summary: "an AWS service manages this secret and rotates it itself",
    explanation: "A secret with `!` in its name belongs to the service that made it, such as RDS for its master user. \
        The service alone may change its value, so no function can rotate it; with alternating users the master's \
        name would change besides. Only its schedule is yours: write `strategy: managed`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if subject.spec.strategy.is_managed() {
        return vec![];
    }
    let route = Route::to("secret.arn");
    home::arns(subject.spec)
        .iter()
        .filter(|told| told.route == route && told.arn.service == "secretsmanager")
        .filter_map(|told| {
            let name = told.arn.resource.strip_prefix("secret:")?;
            let (owner, _) = name.split_once('!')?;
            let message = format!("`{owner}` manages this secret, and no function of yours can rotate it");
            Some(
                Diagnostic::at(&CODE, route.clone(), message)
                    .also(At::Key(Route::to("strategy")), "rotates with a function")
                    .help("write `strategy: managed`, or give your application a login and a secret of its own"),
            )
        })
        .collect()
}
