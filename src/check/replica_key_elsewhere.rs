//! A replica is encrypted with a key of its own Region (Secrets Manager API reference, `ReplicaRegionType`).

use super::{Subject, home};
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "replica-key-elsewhere",
    level: Level::Error,
    summary: "a replica's key is in another Region than the replica",
    explanation: "KMS keys belong to one Region, and a replica can be encrypted with a key of its own Region only. A \
        multi-Region key has an ARN of its own in each Region.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let told = home::arns(subject.spec);
    let mut found = Vec::new();
    for (index, replica) in subject.spec.secret.replica_regions.iter().enumerate() {
        let route = Route::to("secret.replica_regions").index(index).key("kms_key");
        let key = told.iter().find(|told| told.route == route && told.arn.region != replica.region());
        if let Some(key) = key {
            let message = format!("the replica is in `{}`, and its key in `{}`", replica.region(), key.arn.region);
            found.push(
                Diagnostic::at(&CODE, route, message)
                    .help(format!("name a key in `{}`, or remove `kms_key`", replica.region())),
            );
        }
    }
    found
}
