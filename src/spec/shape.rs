//! Compares a document with the language's schema and says, in plain words, all that does not fit.

use serde_json::Value;

use super::codes;
use super::node::{Content, Node, Pair};
use super::schema::json_schema;
use crate::diagnostic::{Code, Diagnostic, Route, nearest};

/// Every difference between the document and the language.
pub fn compare(node: &Node) -> Vec<Diagnostic> {
    let mut comparison = Comparison { root: json_schema(), found: Vec::new() };
    comparison.value(json_schema(), node, &Route::default());
    comparison.found
}

struct Comparison {
    root: &'static Value,
    found: Vec<Diagnostic>,
}

impl Comparison {
    fn value(&mut self, schema: &'static Value, node: &Node, route: &Route) {
        let branches = self.branches(schema);
        match &node.content {
            Content::Null => self.report(
                &codes::TYPE_WRONG,
                route,
                format!("{} has no value", name(route)),
                Some(format!("write {}, or remove the key", self.expected(&branches))),
            ),
            Content::Boolean(_) if branches.iter().any(|branch| is(branch, "boolean")) => {}
            Content::Number(number) => self.number(&branches, number, node, route),
            Content::Text(text) => self.text(&branches, text, node, route),
            Content::List(items) => match branches.iter().find(|branch| is(branch, "array")) {
                Some(branch) => {
                    for (index, item) in items.iter().enumerate() {
                        self.value(&branch["items"], item, &route.index(index));
                    }
                }
                None => self.wrong_type(&branches, node, route),
            },
            Content::Map(pairs) => self.map(&branches, pairs, node, route),
            Content::Boolean(_) => self.wrong_type(&branches, node, route),
        }
    }

    /// The alternatives of a schema, with references followed.
    fn branches(&self, schema: &'static Value) -> Vec<&'static Value> {
        let mut schema = schema;
        while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            match self.root.pointer(reference.trim_start_matches('#')) {
                Some(target) => schema = target,
                None => return Vec::new(),
            }
        }
        match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
            Some(alternatives) => alternatives.iter().flat_map(|alternative| self.branches(alternative)).collect(),
            None => vec![schema],
        }
    }

    fn number(&mut self, branches: &[&'static Value], number: &serde_json::Number, node: &Node, route: &Route) {
        let Some(branch) = branches.iter().find(|branch| is(branch, "integer")) else {
            return self.wrong_type(branches, node, route);
        };
        let least = branch.get("minimum").and_then(Value::as_i64).unwrap_or(0);
        let most = branch.get("maximum").and_then(Value::as_i64).unwrap_or(i64::from(u32::MAX));
        match number.as_i64() {
            Some(value) if (least..=most).contains(&value) => {}
            _ if number.is_f64() => self.wrong_type(branches, node, route),
            _ => {
                let range = match branch.get("maximum") {
                    _ if least == most => format!("{least}"),
                    Some(_) => format!("from {least} to {most}"),
                    None => format!("{least} or more"),
                };
                self.report(
                    &codes::NUMBER_OUT_OF_RANGE,
                    route,
                    format!("{} is {number}, which is out of range", name(route)),
                    Some(format!("write {range}")),
                );
            }
        }
    }

    fn text(&mut self, branches: &[&'static Value], text: &str, node: &Node, route: &Route) {
        let words: Vec<&str> = branches.iter().flat_map(|branch| words(branch)).collect();
        let any_text = branches.iter().any(|branch| is(branch, "string") && self::words(branch).is_empty());
        if any_text || words.contains(&text) {
            return;
        }
        if words.is_empty() {
            return self.wrong_type(branches, node, route);
        }
        let help = match nearest(text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", self.expected(branches)),
        };
        self.report(&codes::WORD_UNKNOWN, route, format!("`{text}` is not a choice for {}", name(route)), Some(help));
    }

    fn map(&mut self, branches: &[&'static Value], pairs: &[Pair], node: &Node, route: &Route) {
        let objects: Vec<&'static Value> = branches.iter().copied().filter(|branch| is(branch, "object")).collect();
        // Of several kinds of map, the one that shares most keys with what was written is the one that was meant.
        let shared = |object: &Value| pairs.iter().filter(|pair| property(object, &pair.key).is_some()).count();
        let Some(chosen) = objects.iter().copied().rev().max_by_key(|object| shared(object)) else {
            return self.wrong_type(branches, node, route);
        };
        let meant = if shared(chosen) == 0 { objects.as_slice() } else { &[chosen] };
        for pair in pairs {
            let at = route.key(&pair.key);
            match property(chosen, &pair.key) {
                Some(schema) => self.value(schema, &pair.value, &at),
                None if chosen.get("additionalProperties") == Some(&Value::Bool(false)) => {
                    self.unknown_key(meant, pair, route, &at)
                }
                None => {
                    if let Some(schema @ Value::Object(_)) = chosen.get("additionalProperties") {
                        self.value(schema, &pair.value, &at);
                    }
                }
            }
        }
        for key in chosen.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let is_alternative = meant.len() > 1;
            if !is_alternative && !pairs.iter().any(|pair| pair.key == key) {
                let at = route.key(key);
                self.found.push(
                    Diagnostic::at_key(&codes::KEY_MISSING, at, format!("{} lacks the key `{key}`", name(route))).help(
                        property(chosen, key).map_or_else(String::new, |schema| {
                            format!("add `{key}:` with {}", self.expected(&self.branches(schema)))
                        }),
                    ),
                );
            }
        }
        if pairs.is_empty() && meant.len() > 1 {
            self.wrong_type(branches, node, route);
        }
    }

    fn unknown_key(&mut self, objects: &[&'static Value], pair: &Pair, parent: &Route, at: &Route) {
        let known: Vec<&str> = objects
            .iter()
            .filter_map(|object| object.get("properties"))
            .filter_map(Value::as_object)
            .flat_map(|properties| properties.keys())
            .map(String::as_str)
            .collect();
        let help = match nearest(&pair.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", listed(&known)),
        };
        self.found.push(
            Diagnostic::at_key(&codes::KEY_UNKNOWN, at.clone(), format!("{} has no key `{}`", name(parent), pair.key))
                .help(help),
        );
    }

    fn wrong_type(&mut self, branches: &[&'static Value], node: &Node, route: &Route) {
        let wanted = self.expected(branches);
        let help = match &node.content {
            Content::Number(number) if branches.iter().any(|branch| is(branch, "string")) => {
                format!("if text is meant, put quotes around it: \"{number}\"")
            }
            Content::Boolean(value) if branches.iter().any(|branch| is(branch, "string")) => {
                format!("if text is meant, put quotes around it: \"{value}\"")
            }
            _ => format!("write {wanted}"),
        };
        self.report(&codes::TYPE_WRONG, route, format!("{} is {}, not {wanted}", name(route), node.kind()), Some(help));
    }

    fn report(&mut self, code: &'static Code, route: &Route, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::at(code, route.clone(), message);
        diagnostic.help = help;
        self.found.push(diagnostic);
    }

    /// What a schema accepts, in plain words.
    fn expected(&self, branches: &[&'static Value]) -> String {
        let words: Vec<&str> = branches.iter().flat_map(|branch| words(branch)).collect();
        let mut choices = Vec::new();
        if !words.is_empty() {
            choices.push(listed(&words));
        }
        if branches.iter().any(|branch| is(branch, "string") && self::words(branch).is_empty()) {
            choices.push("text".to_owned());
        }
        if branches.iter().any(|branch| is(branch, "integer")) {
            choices.push("a whole number".to_owned());
        }
        if branches.iter().any(|branch| is(branch, "boolean")) {
            choices.push("`true` or `false`".to_owned());
        }
        if branches.iter().any(|branch| is(branch, "array")) {
            choices.push("a list".to_owned());
        }
        let keys: Vec<&str> = branches
            .iter()
            .filter(|branch| is(branch, "object"))
            .flat_map(|branch| {
                branch.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
            })
            .collect();
        if branches.iter().any(|branch| is(branch, "object")) {
            choices.push(if keys.is_empty() { "a map".to_owned() } else { format!("a map with {}", listed(&keys)) });
        }
        choices.join(" or ")
    }
}

/// What a finding calls the value at a route.
fn name(route: &Route) -> String {
    if route.segments().is_empty() { "the spec".to_owned() } else { format!("`{route}`") }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn is(schema: &Value, kind: &str) -> bool {
    schema.get("type").is_some_and(|found| found == kind)
        || (kind == "string" && schema.get("const").is_some_and(Value::is_string))
}

fn words(schema: &'static Value) -> Vec<&'static str> {
    match (schema.get("const").and_then(Value::as_str), schema.get("enum").and_then(Value::as_array)) {
        (Some(word), _) => vec![word],
        (None, Some(words)) => words.iter().filter_map(Value::as_str).collect(),
        (None, None) => Vec::new(),
    }
}

fn property<'v>(object: &'v Value, key: &str) -> Option<&'v Value> {
    object.get("properties").and_then(|properties| properties.get(key))
}
