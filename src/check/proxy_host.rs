//! A proxy logs in with the secret that is being rotated (RDS user guide, "Setting up database credentials for RDS
//! Proxy").

use super::Subject;
use super::identifier::is_proxy;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "proxy-host",
    level: Level::Warning,
    summary: "the function would log in through RDS Proxy",
    explanation: "RDS Proxy checks logins against the secret's current value. The function has to log in with the new \
        password before it becomes current, which the proxy may refuse, so the rotation would stop in its test. Let \
        the function connect to the database's own endpoint; clients go on using the proxy.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if subject.database().is_none() || subject.spec.strategy.is_alternating() {
        return vec![];
    }
    values::judge(subject, &[Kind::Host], &CODE, |text| {
        is_proxy(text).then(|| {
            (
                format!("`{text}` is an RDS Proxy, which knows only the current password"),
                "write the endpoint of the database itself, or name its `instance` or `cluster`".to_owned(),
            )
        })
    })
}
