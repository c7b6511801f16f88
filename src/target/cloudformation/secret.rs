//! The secret in CloudFormation's words.

use super::document::{Entry, Map};
use super::text::value;
use crate::plan::{CharacterClass, Plan, Secret, SecretValue, Text};

/// The secret's properties.
pub fn properties(plan: &Plan, secret: &Secret) -> Map {
    let mut map = Map::new()
        .with_some("Name", secret.name.clone())
        .with("Description", secret.description.as_str())
        .with_some("KmsKeyId", secret.key.as_ref().map(|key| value(plan, key)));
    if !secret.replicas.is_empty() {
        let replicas: Vec<Map> = secret
            .replicas
            .iter()
            .map(|(region, key)| {
                Map::new()
                    .with("Region", region.as_str())
                    .with_some("KmsKeyId", key.as_ref().map(|key| value(plan, key)))
            })
            .collect();
        map.push("ReplicaRegions", replicas);
    }
    map.with_entry(Entry::new("GenerateSecretString", generate(plan, secret)).commented(
        "Makes the first password. Never edit anything below: CloudFormation would make a new password current, \
             which the database does not know, over the live one, and drop the keys that were written later. What the \
             function or the attachment writes later anyway is therefore not here.",
    ))
}

/// What must not change over a live password.
pub fn first_value(plan: &Plan, secret: &Secret) -> Map {
    Map::new().with_some("Name", secret.name.clone()).with("GenerateSecretString", generate(plan, secret))
}

fn generate(plan: &Plan, secret: &Secret) -> Map {
    let mut keys = vec![("username".to_owned(), SecretValue::Text(secret.username.as_str().into()))];
    keys.extend(secret.keys.iter().filter(|key| !key.written_later).map(|key| (key.name.clone(), key.value.clone())));
    let mut map = Map::new()
        .with("SecretStringTemplate", value(plan, &json_object(&keys)))
        .with("GenerateStringKey", "password")
        .with("PasswordLength", i64::from(secret.password.length))
        .with("ExcludeCharacters", secret.password.exclude.as_str());
    for class in secret.password.excluded_classes() {
        let flag = match class {
            CharacterClass::Lowercase => "ExcludeLowercase",
            CharacterClass::Numbers => "ExcludeNumbers",
            CharacterClass::Punctuation => "ExcludePunctuation",
            CharacterClass::Uppercase => "ExcludeUppercase",
        };
        map.push(flag, true);
    }
    map.with("RequireEachIncludedType", true)
}

/// A JSON object as a text, with what is known only at deploy time in its place.
fn json_object(keys: &[(String, SecretValue)]) -> Text {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut parts = Vec::new();
    let mut known = String::from("{");
    for (position, (name, value)) in keys.iter().enumerate() {
        if position > 0 {
            known.push(',');
        }
        known.push_str(&format!("{}:", quoted(name)));
        match value {
            SecretValue::Number(number) => known.push_str(&number.to_string()),
            SecretValue::True => known.push_str("true"),
            SecretValue::Text(Text::Literal(text)) => known.push_str(&quoted(text)),
            SecretValue::Text(later) => {
                known.push('"');
                parts.push(Text::Literal(std::mem::take(&mut known)));
                parts.push(later.clone());
                known.push('"');
            }
        }
    }
    known.push('}');
    parts.push(Text::Literal(known));
    Text::Joined(flattened(parts))
}

/// Joined texts within joined texts, opened.
fn flattened(parts: Vec<Text>) -> Vec<Text> {
    parts
        .into_iter()
        .flat_map(|part| match part {
            Text::Joined(inner) => flattened(inner),
            other => vec![other],
        })
        .collect()
}
