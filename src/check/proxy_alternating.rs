//! RDS Proxy keeps one secret for each login (RDS user guide, "Setting up database credentials for RDS Proxy").

use super::Subject;
use super::identifier::is_proxy;
use super::values::{self, Kind};
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "proxy-alternating",
    level: Level::Error,
    summary: "alternating users do not work behind RDS Proxy",
    explanation: "RDS Proxy reads one secret for each login. When the secret's login changes from `app` to `app_clone`, \
        the proxy no longer knows `app` and drops the connections of clients that still use it. Behind a proxy use \
        `single-user`, and let the function connect to the database's own endpoint.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.spec.strategy.is_alternating() {
        return vec![];
    }
    let found = values::judge(subject, &[Kind::Host], &CODE, |text| {
        is_proxy(text).then(|| {
            (
                format!("`{text}` is an RDS Proxy, which does not work with logins that take turns"),
                "write `strategy: single-user`, and the endpoint of the database itself as `host`".to_owned(),
            )
        })
    });
    found.into_iter().map(|found| found.also(At::Key(Route::to("strategy")), "two logins take turns")).collect()
}
