//! Engines whose part of the bundled function is not there yet.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "engine-not-bundled",
    level: Level::Warning,
    summary: "the bundled function lacks the part for this engine",
    explanation: "The infrastructure for this engine is complete: roles, permissions, network, schedule and alerts. The \
        part of the function that talks to the database is not written yet, so `rotaform package` refuses to build its \
        zip. Until then say with `function.source` where the code comes from: `aws-hosted`, or code of your own.",
};

/// Engines that the bundled function speaks.
const SPOKEN: &[Engine] = &[Engine::Postgres, Engine::Mysql, Engine::Mariadb];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database().filter(|_| subject.spec.function.is_bundled()) else { return vec![] };
    // For these it never will: another rule says so.
    let never = matches!(database.engine, Engine::Db2 | Engine::Custom);
    if never || SPOKEN.contains(&database.engine) {
        return vec![];
    }
    vec![
        Diagnostic::at(
            &CODE,
            Route::to("database.engine"),
            format!("the bundled function does not speak to {} yet: `rotaform package` will refuse it", database.engine.title()),
        )
        .help("add `function: { source: aws-hosted }`, or code of your own: `source: { directory: ./my-rotation }`"),
    ]
}
