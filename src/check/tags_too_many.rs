//! A resource carries 50 tags (AWS general reference, "Tagging AWS resources"), of which some are the output's own.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "tags-too-many",
    level: Level::Error,
    summary: "there are more tags than a resource can carry",
    explanation: "AWS keeps 50 tags on a resource. CloudFormation and the generated output add some of their own, so \
        40 are left for yours.",
};

const MOST: usize = 40;

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let count = subject.spec.tags.len();
    if count <= MOST {
        return vec![];
    }
    vec![
        Diagnostic::at_key(&CODE, Route::to("tags"), format!("there are {count} tags, and {MOST} fit on every resource"))
            .help(format!("keep at most {MOST} tags")),
    ]
}
