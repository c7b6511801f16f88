//! A tag that moves (Lambda developer guide, "Create a Lambda function using a container image": the function keeps the
//! image that the tag named when it was deployed).

use super::Subject;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "image-not-pinned",
    level: Level::Warning,
    summary: "nobody can tell which image is deployed",
    explanation: "`latest`, or no tag at all, names another image after each push. The function keeps the one that was \
        there when it was deployed, a new deployment sees no difference in the text, and the next one brings in \
        whatever was pushed last. A digest names one image for good.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Image], &CODE, |text| {
        let (_, image) = text.split_once('/')?;
        let pinned = image.contains('@') || image.split_once(':').is_some_and(|(_, tag)| tag != "latest");
        (!pinned).then(|| {
            (
                format!("`{text}` names another image after each push"),
                "write the digest: `...@sha256:DIGEST`, as `docker inspect` or the console shows it".to_owned(),
            )
        })
    })
}
