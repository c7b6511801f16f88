//! Settings that have nothing to act on.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Architecture, Source, SourceWith, SourceWord};

pub static CODE: Code = Code {
    name: "function-key-unused",
    level: Level::Error,
    summary: "a setting of the function has no effect with this source",
    explanation: "A function that exists already, and one that AWS hosts, are set up elsewhere: nothing about them can be \
        changed here. An image brings its own runtime and handler, and takes neither layers nor code signing. The \
        bundled function has its own handler. A setting that is dropped silently is worse than none, so it is refused.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if subject.spec.strategy.is_managed() {
        return vec![];
    }
    let function = &subject.spec.function;
    let (keys, why): (&[&str], &str) = match &function.source {
        Source::Word(SourceWord::AwsHosted) => (ALL, "AWS sets up the function that it hosts"),
        Source::With(SourceWith::Arn(_)) => (ALL, "the function exists and is set up elsewhere"),
        Source::With(SourceWith::Image(_)) => {
            (&["runtime", "handler", "layers", "code_signing_config"], "an image brings everything with it")
        }
        Source::Word(SourceWord::Bundled) => (&["handler"], "the bundled function has its own"),
        Source::With(SourceWith::Directory(_) | SourceWith::S3(_)) => (&[], ""),
    };
    let given = |key: &str| match key {
        "runtime" => function.runtime.is_some(),
        // Saying what is so anyway drops nothing.
        "handler" if function.is_bundled() => function.handler.as_ref().is_some_and(|handler| handler != "rotate.handler"),
        "handler" => function.handler.is_some(),
        "architecture" => function.architecture != Architecture::default(),
        "memory" => function.memory.is_some(),
        "timeout" => function.timeout.is_some(),
        "log_retention_days" => function.log_retention_days.is_some(),
        "log_kms_key" => function.log_kms_key.is_some(),
        "permissions_boundary" => function.permissions_boundary.is_some(),
        "layers" => !function.layers.is_empty(),
        "code_signing_config" => function.code_signing_config.is_some(),
        "tracing" => function.tracing,
        "reserved_concurrency" => function.reserved_concurrency.is_some(),
        _ => false,
    };
    keys.iter()
        .filter(|key| given(key))
        .map(|key| {
            let route = Route::to("function").key(*key);
            let found = Diagnostic::at_key(&CODE, route, format!("`{key}` has no effect: {why}"));
            let found = match &function.source {
                // Nothing stands there.
                Source::Word(SourceWord::Bundled) => found,
                _ => found.also(At::Key(Route::to("function.source")), "where the function comes from"),
            };
            found.help("remove it, or write another `source`")
        })
        .collect()
}

const ALL: &[&str] = &[
    "runtime",
    "handler",
    "architecture",
    "memory",
    "timeout",
    "log_retention_days",
    "log_kms_key",
    "permissions_boundary",
    "layers",
    "code_signing_config",
    "tracing",
    "reserved_concurrency",
];
