//! Names of Regions (AWS general reference, "AWS service endpoints").

use super::Subject;
use super::arn::is_region;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "replica-region-invalid",
    level: Level::Error,
    summary: "a replica's Region is not the name of a Region",
    explanation: "A replica is kept in a Region, which is named by its code, such as `eu-west-1`, not by its place \
        (Ireland) and not by one of its zones (`eu-west-1a`).",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let replicas = subject.spec.secret.replica_regions.iter().enumerate();
    replicas
        .filter(|(_, replica)| !is_region(replica.region()))
        .map(|(index, replica)| {
            let region = replica.region();
            let zone = region.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let help = if is_region(zone) {
                format!("that is a zone: write `{zone}`")
            } else {
                "write a Region's code, such as `eu-west-1`".to_owned()
            };
            let route = Route::to("secret.replica_regions").index(index);
            Diagnostic::at(&CODE, route, format!("`{region}` is not the name of a Region")).help(help)
        })
        .collect()
}
