//! A function outside the VPC reaches public addresses only (Lambda developer guide, "Giving Lambda functions access to
//! resources in an Amazon VPC"; RFC 1918).

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "host-private",
    level: Level::Warning,
    summary: "the host looks private, and the function is outside the VPC",
    explanation: "With `placement: public` the function runs in AWS's own network and reaches what the internet reaches. \
        A private address, or a name that only a private zone answers, is not among that: each rotation would time out.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let is_public = subject.spec.placement.as_ref().is_some_and(|placement| placement.vpc().is_none());
    let host = subject.database().and_then(|database| database.host.as_ref()).and_then(|host| host.literal());
    let Some(host) = host.filter(|host| is_public && looks_private(host)) else { return vec![] };
    vec![
        Diagnostic::at(&CODE, Route::to("database.host"), format!("`{host}` looks private, and the function is outside the VPC"))
            .also(At::Value(Route::to("placement")), "outside any VPC")
            .help("place the function in the VPC: `placement: { vpc: ..., subnets: [...], egress: vpc-endpoint }`"),
    ]
}

fn looks_private(host: &str) -> bool {
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_private() || address.is_loopback() || address.is_link_local();
    }
    let name = host.trim_end_matches('.').to_lowercase();
    let endings = [".internal", ".local", ".localdomain", ".lan", ".intranet", ".home.arpa"];
    name == "localhost" || endings.iter().any(|ending| name.ends_with(ending))
}
