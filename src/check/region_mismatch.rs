//! Rotation works within one Region (Secrets Manager user guide, "Rotation by Lambda function").

use super::{Subject, home};
use crate::diagnostic::{At, Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "region-mismatch",
    level: Level::Error,
    summary: "two ARNs are in different Regions",
    explanation: "The secret, its key, the superuser's secret, the rotation function with its layers, and the topic \
        that hears of failures must all be in one Region: Secrets Manager calls functions of its own Region only, and \
        the function asks the Secrets Manager and KMS of its own. For several Regions, write one spec for each.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let told = home::in_region(subject.spec);
    let Some(first) = told.first() else { return vec![] };
    told.iter()
        .filter(|other| other.arn.region != first.arn.region)
        .map(|other| {
            let message = format!("this is in `{}`, and `{}` is in `{}`", other.arn.region, first.route, first.arn.region);
            Diagnostic::at(&CODE, other.route.clone(), message)
                .also(At::Value(first.route.clone()), format!("in `{}`", first.arn.region))
                .help("name one that is in the same Region")
        })
        .collect()
}
