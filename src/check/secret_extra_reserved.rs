//! Further keys of the secret's JSON must not be those that rotation itself writes (Secrets Manager user guide,
//! "JSON structure of Secrets Manager secrets").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "secret-extra-reserved",
    level: Level::Error,
    summary: "a further key of the secret is one that rotation writes itself",
    explanation: "The keys of the login and of its database are written by AWS and by the rotation function. A value \
        of yours would be overwritten at the next rotation, or would send the function to another database. A \
        password never belongs in a spec.",
};

/// The key, and where its value comes from.
const OWN: &[(&str, &str)] = &[
    ("username", "write `secret.username`"),
    ("password", "remove it: the password is made by AWS and never stands in a file"),
    ("engine", "write `database.engine`"),
    ("host", "write `database.host`, or name the instance or cluster"),
    ("port", "write `database.port`"),
    ("dbname", "write `database.dbname`"),
    ("ssl", "write `database.tls`"),
    ("masterarn", "write `superuser_secret` under the strategy"),
    ("dbinstanceidentifier", "write `database.instance`"),
    ("dbclusteridentifier", "write `database.cluster`"),
];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let extra = &subject.spec.secret.extra;
    extra
        .keys()
        .filter_map(|key| {
            let (_, help) = OWN.iter().find(|(own, _)| key.eq_ignore_ascii_case(own))?;
            let message = format!("`{key}` is a key that rotation itself writes into the secret");
            Some(Diagnostic::at_key(&CODE, Route::to("secret.extra").key(key), message).help(*help))
        })
        .collect()
}
