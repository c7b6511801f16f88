//! A trust store that nobody reads.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Source, SourceWith, SourceWord, Tls};

pub static CODE: Code = Code {
    name: "ca-bundle-unused",
    level: Level::Warning,
    summary: "the certificates are shipped, and nothing reads them",
    explanation: "`ca_bundle` is shipped with the function and used to check the server's certificate. With \
        `tls: require` nothing is checked, and code that comes from S3, from an image, from an existing function or \
        from AWS is not put together here, so the file cannot be added to it.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database().filter(|database| database.ca_bundle.is_some()) else { return vec![] };
    let route = Route::to("database.ca_bundle");
    if database.tls == Tls::Require {
        return vec![
            Diagnostic::at(&CODE, route, "with `tls: require` no certificate is checked, so these are not used")
                .also(At::Value(Route::to("database.tls")), "checks no certificate")
                .help("write `tls: verify-full`, or remove `ca_bundle`"),
        ];
    }
    match &subject.spec.function.source {
        Source::Word(SourceWord::Bundled) | Source::With(SourceWith::Directory(_)) => vec![],
        Source::Word(SourceWord::AwsHosted) | Source::With(_) => vec![
            Diagnostic::at(&CODE, route, "the function's code is not put together here, so the file is not added to it")
                .also(At::Key(Route::to("function.source")), "where the code comes from")
                .help("add the certificates to the code yourself, and remove `ca_bundle`"),
        ],
    }
}
