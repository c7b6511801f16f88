//! Certificates in PEM form (RFC 7468), and nothing secret among them.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "ca-bundle-invalid",
    level: Level::Error,
    summary: "the file holds no certificates, or a private key",
    explanation: "`ca_bundle` is a PEM file: text with one or more blocks that start with `-----BEGIN CERTIFICATE-----`. \
        It is shipped with the function, where many can read it, so a private key must never be in it. RDS's own \
        certificates are at https://truststore.pki.rds.amazonaws.com.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(path) = subject.spec.database.as_ref().and_then(|database| database.ca_bundle.as_deref()) else {
        return vec![];
    };
    let name = std::path::Path::new(path).file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let Some(content) = subject.shipped.files.get(name.as_ref()) else { return vec![] };
    let text = String::from_utf8_lossy(content);
    let route = Route::to("database.ca_bundle");
    if text.contains("PRIVATE KEY-----") {
        vec![
            Diagnostic::at(&CODE, route, format!("`{path}` holds a private key"))
                .help("name a file that holds the authority's certificates alone"),
        ]
    } else if !text.contains("-----BEGIN CERTIFICATE-----") && !text.contains("-----BEGIN TRUSTED CERTIFICATE-----") {
        vec![
            Diagnostic::at(&CODE, route, format!("`{path}` holds no certificate in PEM form"))
                .help("name a file with `-----BEGIN CERTIFICATE-----` in it"),
        ]
    } else {
        vec![]
    }
}
