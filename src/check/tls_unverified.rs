//! Encryption without a check of the certificate (RDS user guide, "Using SSL/TLS to encrypt a connection").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Tls;

pub static CODE: Code = Code {
    name: "tls-unverified",
    level: Level::Warning,
    summary: "the database's certificate is not checked",
    explanation: "With `tls: require` the connection is encrypted, but the function does not look at whom it talks to: \
        whoever can redirect it gets the login's old and new password. Use `verify-full`. If the certificate is of an \
        authority of your own, ship it with `database.ca_bundle`.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.database() {
        Some(database) if database.tls == Tls::Require => vec![
            Diagnostic::at(&CODE, Route::to("database.tls"), "the server's certificate is not checked")
                .help("write `verify-full`, with `ca_bundle` if the certificate is of your own authority"),
        ],
        _ => vec![],
    }
}
