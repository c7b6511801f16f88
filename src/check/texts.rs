//! Every free text of a spec, with its route.

use super::values;
use crate::diagnostic::{At, Route};
use crate::spec::{Spec, Value};

/// A text with its place.
#[derive(Debug, Clone)]
pub struct Placed<'s> {
    /// Where it is.
    pub at: At,
    /// What a message calls it.
    pub name: String,
    /// The text.
    pub text: &'s str,
}

/// Every text whose content is the user's own. Overrides are left out: they are the user's own output.
pub fn all(spec: &Spec) -> Vec<Placed<'_>> {
    let mut list = List(Vec::new());
    list.text("name", &spec.name);
    list.optional("description", spec.description.as_ref());
    list.map("tags", &spec.tags);
    list.optional("secret.username", spec.secret.username.as_ref());
    list.optional("secret.name", spec.secret.name.as_ref());
    list.optional("secret.description", spec.secret.description.as_ref());
    list.optional("secret.password.exclude", spec.secret.password.exclude.as_ref());
    list.map("secret.extra", &spec.secret.extra);
    if let Some(database) = &spec.database {
        list.optional("database.dbname", database.dbname.as_ref());
        list.optional("database.ca_bundle", database.ca_bundle.as_ref());
    }
    list.optional("function.runtime", spec.function.runtime.as_ref());
    list.optional("function.handler", spec.function.handler.as_ref());
    if let Some(directory) = spec.function.directory() {
        list.text("function.source.directory", directory);
    }
    for (index, email) in spec.alerts.iter().flat_map(|alerts| &alerts.email).enumerate() {
        list.at(Route::to("alerts.email").index(index), email);
    }
    for placed in values::all(spec) {
        match placed.value {
            Value::Literal(text) => list.at(placed.route, text),
            Value::Parameter(parameter) => {
                list.at(placed.route.key("parameter"), &parameter.parameter);
                for (key, text) in [("description", &parameter.description), ("default", &parameter.default)] {
                    if let Some(text) = text {
                        list.at(placed.route.key(key), text);
                    }
                }
            }
            Value::Ssm(ssm) => list.at(placed.route.key("ssm"), &ssm.ssm),
            Value::Import(import) => list.at(placed.route.key("import"), &import.import),
        }
    }
    list.0
}

struct List<'s>(Vec<Placed<'s>>);

impl<'s> List<'s> {
    fn at(&mut self, route: Route, text: &'s str) {
        let name = format!("`{route}`");
        self.0.push(Placed { at: At::Value(route), name, text });
    }

    fn text(&mut self, route: &str, text: &'s str) {
        self.at(Route::to(route), text);
    }

    fn optional(&mut self, route: &str, text: Option<&'s String>) {
        if let Some(text) = text {
            self.text(route, text);
        }
    }

    fn map(&mut self, route: &str, map: &'s std::collections::BTreeMap<String, String>) {
        for (key, text) in map {
            let at = Route::to(route).key(key);
            let name = format!("a key of `{route}`");
            self.0.push(Placed { at: At::Key(at.clone()), name, text: key });
            self.0.push(Placed { at: At::Value(at), name: format!("`{route}.{key}`"), text });
        }
    }
}
