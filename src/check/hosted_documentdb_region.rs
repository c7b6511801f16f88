//! Where AWS hosts no function for DocumentDB (Secrets Manager user guide for China, "Rotation").

use super::{Subject, home};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "hosted-documentdb-region",
    level: Level::Error,
    summary: "AWS has no function for DocumentDB in Beijing",
    explanation: "In the Region `cn-north-1` AWS offers its functions for every engine but DocumentDB. Use another \
        `function.source` there.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let is_documentdb = subject.database().is_some_and(|database| database.engine == Engine::Documentdb);
    if !is_documentdb || !spec.function.is_aws_hosted() {
        return vec![];
    }
    let told = home::in_region(spec);
    let Some(beijing) = told.first().filter(|told| told.arn.region == "cn-north-1") else { return vec![] };
    vec![
        Diagnostic::at(&CODE, Route::to("function.source"), "AWS has no function for DocumentDB in `cn-north-1`")
            .also(At::Value(beijing.route.clone()), "in `cn-north-1`")
            .help("write `source: { directory: ./my-rotation }` with code of your own"),
    ]
}
