//! Prints a template as JSON: the same template as the YAML form, without its comments.

use serde_json::{Value as Json, json};

use super::document::{Map, Value};

/// The template as indented JSON with a final newline.
pub fn print(template: &Map) -> String {
    format!("{:#}\n", object(template))
}

fn object(map: &Map) -> Json {
    map.0.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect()
}

fn value(of: &Value) -> Json {
    match of {
        Value::Boolean(boolean) => json!(boolean),
        Value::Integer(integer) => json!(integer),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(|item| value(&item.value)).collect(),
        Value::Map(map) => object(map),
        Value::Ref(name) => json!({ "Ref": name }),
        Value::GetAtt(id, attribute) => json!({ "Fn::GetAtt": [id, attribute] }),
        Value::Sub(text) => json!({ "Fn::Sub": text }),
        Value::SubWith(text, values) => {
            let values: Json = values.iter().map(|(name, of)| (name.clone(), value(of))).collect();
            json!({ "Fn::Sub": [text, values] })
        }
        Value::ImportValue(name) => json!({ "Fn::ImportValue": value(name) }),
        Value::Select(index, list) => json!({ "Fn::Select": [index, value(list)] }),
        Value::Split(delimiter, text) => json!({ "Fn::Split": [delimiter, value(text)] }),
    }
}
