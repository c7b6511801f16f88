//! No secret stands in a file, not even by an override.

use serde_json::Value;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "override-secret",
    level: Level::Error,
    summary: "an override would write a password into a file",
    explanation: "Properties such as `SecretString` and `MasterUserPassword` hold a password in clear text. It would stand in \
        the spec, in the template or in Terraform's state, and in every copy of the repository. The first password is \
        made by AWS, and every later one by the rotation.",
};

/// Properties and arguments in lower case, without underscores.
const SECRET: &[&str] = &[
    "secretstring",
    "secretbinary",
    "password",
    "masterpassword",
    "masteruserpassword",
    "adminpassword",
    "adminuserpassword",
    "userpassword",
    "privatekey",
    "secretaccesskey",
];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (route, properties) in subject.overrides() {
        walk(properties, &route, &mut |route, key| {
            if SECRET.contains(&key.to_lowercase().replace('_', "").as_str()) {
                found.push(
                    Diagnostic::at_key(&CODE, route.clone(), format!("`{key}` would hold a password in clear text"))
                        .help("remove it: passwords are made by AWS and by the rotation"),
                );
            }
        });
    }
    found
}

/// Calls `visit` with each key of the map and of all maps in it.
pub fn walk(map: &serde_json::Map<String, Value>, route: &Route, visit: &mut impl FnMut(&Route, &str)) {
    for (key, value) in map {
        let route = route.key(key);
        visit(&route, key);
        within(value, &route, visit);
    }
}

fn within(value: &Value, route: &Route, visit: &mut impl FnMut(&Route, &str)) {
    match value {
        Value::Object(map) => walk(map, route, visit),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                within(item, &route.index(index), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
