//! Partitions share nothing (AWS general reference, "Partitions").

use super::{Subject, home};
use crate::diagnostic::{At, Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "partition-mismatch",
    level: Level::Error,
    summary: "two ARNs are in different partitions",
    explanation: "The commercial Regions (`arn:aws:`), China (`arn:aws-cn:`), GovCloud (`arn:aws-us-gov:`) and the \
        European Sovereign Cloud (`arn:aws-eusc:`) share no accounts and no resources. A policy that names a resource \
        of another partition is refused.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let told = home::arns(subject.spec);
    let Some(first) = told.first() else { return vec![] };
    told.iter()
        .filter(|other| other.arn.partition != first.arn.partition)
        .map(|other| {
            let message = format!(
                "this is in the partition `{}`, and `{}` is in `{}`",
                other.arn.partition, first.route, first.arn.partition
            );
            Diagnostic::at(&CODE, other.route.clone(), message)
                .also(At::Value(first.route.clone()), format!("in `{}`", first.arn.partition))
                .help(format!("write an ARN that starts with `arn:{}:`", first.arn.partition))
        })
        .collect()
}
