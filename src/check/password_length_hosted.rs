//! AWS's own functions make passwords of a fixed length: 32 characters, 30 for Oracle (their source, `PASSWORD_LENGTH`).
//! Neither `HostedRotationLambda` nor the applications have a setting for it.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "password-length-hosted",
    level: Level::Error,
    summary: "AWS's own function does not make passwords of this length",
    explanation: "AWS's functions make passwords of 32 characters, for Oracle of 30, and there is no way to have them \
        make others. The first password would have the length that the spec says, and every later one AWS's.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let (Some(length), Some(database), true) =
        (spec.secret.password.length, subject.database(), spec.function.is_aws_hosted())
    else {
        return vec![];
    };
    let fixed = if database.engine == Engine::Oracle { 30 } else { 32 };
    if length == fixed {
        return vec![];
    }
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("secret.password.length"),
            format!("AWS's own function makes passwords of {fixed} characters, not {length}"),
        )
        .also(At::Value(Route::to("function.source")), "uses AWS's own function")
        .help("remove `length`, or use another `function.source`"),
    ]
}
