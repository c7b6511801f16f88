//! Code in S3 that may change under its key (CloudFormation template reference, `AWS::Lambda::Function` `Code`: changes
//! in S3 are not detected unless the version changes).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::{Source, SourceWith, Value};

pub static CODE: Code = Code {
    name: "object-not-pinned",
    level: Level::Warning,
    summary: "new code under the same key is never deployed",
    explanation: "Neither target looks into the bucket: while bucket, key and version stay the same, the function keeps the code that it has. \
        Name the object's version, or put each build under a key of its own and pass the key in as a parameter.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Source::With(SourceWith::S3(object)) = &subject.spec.function.source else { return vec![] };
    let Value::Literal(key) = &object.key else { return vec![] };
    if object.version.is_some() {
        return vec![];
    }
    let at = Route::to("function.source.s3.key");
    vec![
        Diagnostic::at(&CODE, at, format!("new code under `{key}` would not be deployed"))
            .help("add `version:` with the object's version, or make the key a parameter"),
    ]
}
