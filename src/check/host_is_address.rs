//! Certificates are made for names (RFC 9525, "Service identity in TLS").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::{Engine, Tls};

pub static CODE: Code = Code {
    name: "host-is-address",
    level: Level::Warning,
    summary: "the database is named by an IP address, which certificates seldom hold",
    explanation: "With `tls: verify-full` the server's certificate must name the host that the function connects to. RDS \
        certificates hold names only, and so do most others, so the connection would be refused. An address also \
        changes when the database fails over.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(database) = subject.database() else { return vec![] };
    let Some(host) = database.host.as_ref().and_then(|host| host.literal()) else { return vec![] };
    let is_address = host.parse::<std::net::IpAddr>().is_ok();
    if !is_address || database.tls != Tls::VerifyFull || database.engine == Engine::Custom {
        return vec![];
    }
    vec![
        Diagnostic::new(
            &CODE,
            At::Value(Route::to("database.host")),
            format!("`{host}` is an address, and the server's certificate is compared with it"),
        )
        .help("write the name that the certificate was made for"),
    ]
}
