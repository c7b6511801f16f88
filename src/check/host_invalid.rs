//! Host names (RFC 1123).

use super::Subject;
use super::identifier::is_host;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "host-invalid",
    level: Level::Error,
    summary: "a text is not a host name",
    explanation: "`host` is the name alone: no scheme before it, no port, path or user around it. The port belongs under \
        `database.port`, the database's name under `database.dbname`. The server's certificate is compared with this \
        name, so it must be the name that the certificate was made for.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Host], &CODE, |text| {
        if is_host(text) || text.parse::<std::net::Ipv6Addr>().is_ok() {
            return None;
        }
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
        let name = rest.split(['/', ':', '?']).next().unwrap_or("");
        let port = rest.split_once(':').map(|(_, port)| port.split(['/', '?']).next().unwrap_or(""));
        let help = match port {
            Some(port) if is_host(name) && port.parse::<u16>().is_ok() => {
                format!("write `host: {name}` and `port: {port}`")
            }
            _ if is_host(name) => format!("write the name alone: `{name}`"),
            _ => "write a host name, such as `db.example.com`".to_owned(),
        };
        Some((format!("`{text}` is not a host name"), help))
    })
}
