//! A superuser's secret cannot be the one that it helps to rotate (Secrets Manager user guide, "Alternating users
//! rotation strategy").

use super::{Subject, values};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "superuser-is-secret",
    level: Level::Error,
    summary: "the superuser's secret is the rotated secret itself",
    explanation: "The superuser sets the rotated login's password, so it must be another login with a secret of its own. \
        A superuser that rotates its own secret this way would be locked out by the first rotation that fails halfway.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let (Some(arn), Some(superuser)) = (&spec.secret.arn, spec.strategy.superuser()) else { return vec![] };
    if !values::same(arn, &superuser.superuser_secret) {
        return vec![];
    }
    let route = Route::to("strategy").key(spec.strategy.word()).key("superuser_secret");
    vec![
        Diagnostic::at(&CODE, route, "the superuser's secret is the secret that rotates")
            .also(At::Value(Route::to("secret.arn")), "rotates")
            .help("name the secret of a login that may change other logins' passwords"),
    ]
}
