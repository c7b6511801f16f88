//! The language's JSON Schema, derived from the types that read it.

use std::sync::OnceLock;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Spec;

/// The schema's name. Starter specs point their editor at a copy beside them: `rotaform schema > rotaform.schema.json`.
const ID: &str = "urn:rotaform:spec:1";

/// The JSON Schema (draft 2020-12) of a spec.
pub fn json_schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Spec>();
        let mut schema = schema.to_value();
        without_null(&mut schema);
        if let Value::Object(root) = &mut schema {
            root.insert("$id".to_owned(), ID.into());
            root.insert("title".to_owned(), "rotaform spec".into());
        }
        schema
    })
}

/// An optional key may be absent; it may not be `null`, which is nearly always a value that somebody forgot.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(branches)) = map.get_mut("anyOf") {
                branches.retain(|branch| branch.get("type").is_none_or(|kind| kind != "null"));
                if let [Value::Object(only)] = branches.as_slice() {
                    let only = only.clone();
                    map.remove("anyOf");
                    map.extend(only);
                }
            }
            // `"default": null` says no more than that the key may be absent.
            if map.get("default").is_some_and(Value::is_null) {
                map.remove("default");
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}
