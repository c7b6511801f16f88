//! An adopted secret belongs to somebody else: its name, replicas and end are not this spec's.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::OnDelete;

pub static CODE: Code = Code {
    name: "adopted-secret-key",
    level: Level::Error,
    summary: "a key that only a created secret can have",
    explanation: "With `secret.arn` the secret exists already and whoever created it decides its name, description, \
        replicas and deletion. The key would have no effect. Remove it, or change the secret where it is created.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let secret = &subject.spec.secret;
    if secret.arn.is_none() || secret.username.is_some() {
        return vec![];
    }
    let given = [
        ("name", secret.name.is_some()),
        ("description", secret.description.is_some()),
        ("recovery_days", secret.recovery_days.is_some()),
        ("on_delete", secret.on_delete != OnDelete::default()),
        ("replica_regions", !secret.replica_regions.is_empty()),
    ];
    given
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(key, _)| {
            let route = Route::to("secret").key(key);
            Diagnostic::at_key(&CODE, route, format!("`secret.{key}` has no effect on a secret that exists"))
                .also(At::Key(Route::to("secret.arn")), "adopts the secret")
                .help("remove it, or write `username` instead of `arn` to create a secret")
        })
        .collect()
}
