//! A secret has one copy in each Region (Secrets Manager API reference, `ReplicateSecretToRegions`).

use super::{Subject, home};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "replica-region-twice",
    level: Level::Error,
    summary: "a Region would hold the secret twice",
    explanation: "Secrets Manager keeps one copy of a secret in each Region, and refuses a replica in the Region of the \
        secret itself or in one that has a replica already.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let route = Route::to("secret.replica_regions");
    let told = home::in_region(spec);
    let mut found = Vec::new();
    for (index, replica) in spec.secret.replica_regions.iter().enumerate() {
        let region = replica.region();
        let earlier = spec.secret.replica_regions.iter().take(index).position(|other| other.region() == region);
        if let Some(earlier) = earlier {
            found.push(
                Diagnostic::at(&CODE, route.index(index), format!("`{region}` is listed twice"))
                    .also(At::Value(route.index(earlier)), "first here")
                    .help("remove one of the two"),
            );
        } else if let Some(own) = told.first().filter(|told| told.arn.region == region) {
            found.push(
                Diagnostic::at(&CODE, route.index(index), format!("`{region}` is the Region of the secret itself"))
                    .also(At::Value(own.route.clone()), "in the Region of the secret")
                    .help("list other Regions only"),
            );
        }
    }
    found
}
