//! The JSON Schema that editors use: it accepts what the compiler accepts, and names every key.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rotaform::spec::{self, json_schema};
use serde_json::Value;

use crate::scratch::{SPEC, spec_with};

/// Every key of the language.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "alerts", "alternating-users", "architecture", "arn", "bucket", "ca_bundle", "cloudformation", "cluster",
    "code_signing_config", "configure", "cron", "database", "dbname", "default", "description", "directory", "egress",
    "email", "engine", "every", "exclude", "existing", "extends", "extra", "function", "handler", "host", "image",
    "immediately", "import", "instance", "key", "kms_key", "layers", "length", "log_kms_key", "log_retention_days",
    "memory", "name", "nat-gateway", "on_delete", "operators", "overrides", "parameter", "password",
    "permissions_boundary", "placement", "port", "private_dns", "profile", "public_subnets", "rds_managed",
    "recovery_days", "region", "regional", "replica_regions", "reserved_concurrency", "route_tables", "runtime", "s3",
    "schedule", "secret", "security_group", "single-user", "source", "ssm", "strategy", "subnets", "superuser_kms_key",
    "superuser_secret", "tags", "terraform", "timeout", "tls", "topic", "tracing", "trail", "trigger", "username",
    "version", "vpc", "vpc-endpoint", "window", "workgroup",
];

/// Whether a value is as the schema says: a validator of the few words that the schema uses.
fn accepts(schema: &Value, value: &Value) -> bool {
    let all = |words: &Value| {
        words.as_object().unwrap().iter().all(|(word, rule)| match word.as_str() {
            "$ref" => accepts(json_schema().pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap(), value),
            "anyOf" => rule.as_array().unwrap().iter().any(|branch| accepts(branch, value)),
            "oneOf" => rule.as_array().unwrap().iter().filter(|branch| accepts(branch, value)).count() == 1,
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64() || value.is_u64(),
                "boolean" => value.is_boolean(),
                other => panic!("a type that this test does not know: {other}"),
            },
            "minimum" => value.as_i64().is_none_or(|value| value >= rule.as_i64().unwrap()),
            "maximum" => value.as_i64().is_none_or(|value| value <= rule.as_i64().unwrap()),
            "items" => value.as_array().is_none_or(|items| items.iter().all(|item| accepts(rule, item))),
            "required" => value
                .as_object()
                .is_none_or(|map| rule.as_array().unwrap().iter().all(|key| map.contains_key(key.as_str().unwrap()))),
            "properties" => value.as_object().is_none_or(|map| {
                map.iter().all(|(key, value)| rule.get(key).is_none_or(|schema| accepts(schema, value)))
            }),
            "additionalProperties" => value.as_object().is_none_or(|map| {
                map.iter()
                    .filter(|(key, _)| words["properties"].get(key).is_none())
                    .all(|(_, value)| accepts(rule, value))
            }),
            "$schema" | "$id" | "$defs" | "title" | "description" | "default" | "format" => true,
            other => panic!("a word that this test does not know: {other}"),
        })
    };
    schema.as_bool().unwrap_or_else(|| all(schema))
}

fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(words) => {
            if let Some(Value::Object(properties)) = words.get("properties") {
                found.extend(properties.keys().cloned());
            }
            words.values().for_each(|value| keys(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

fn specs(folder: &str) -> Vec<PathBuf> {
    spec::files(&[Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)]).unwrap()
}

#[test]
fn the_schema_accepts_every_spec_that_compiles() {
    let mut seen = 0;
    for path in specs("blueprints/specs").into_iter().chain(specs("tests/corpus/accepted")) {
        for document in spec::documents(&path).unwrap() {
            assert!(accepts(json_schema(), &document.node.to_json()), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 15);
}

#[test]
fn the_schema_refuses_what_the_compiler_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spec.yaml");
    let read = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let document = spec::documents(&path).unwrap().remove(0);
        (accepts(json_schema(), &document.node.to_json()), spec::read(&document).is_ok())
    };
    assert_eq!(read(SPEC), (true, true));
    for (pointer, value) in [
        ("/version", serde_json::json!(2)),
        ("/secret/nmae", "a".into()),
        ("/secret/recovery_days", 6.into()),
        ("/secret/recovery_days", 7.5.into()),
        ("/secret/username", 5.into()),
        ("/secret/extra/a", 5.into()),
        ("/database/engine", "postgresql".into()),
        ("/database/port", 0.into()),
        ("/database/port", 65536.into()),
        ("/database/port", "5432".into()),
        ("/database/security_group/parmeter", "A".into()),
        ("/database", Value::Null),
        ("/description", Value::Null),
        ("/strategy", "two-users".into()),
        ("/strategy/alternating-users", serde_json::json!({})),
        (
            "/strategy",
            serde_json::json!({ "single-user": { "superuser_secret": "a" }, "alternating-users": { "superuser_secret": "a" } }),
        ),
        ("/placement/egress", "nat-gateway".into()),
        ("/placement/egress/nat-gateway", "new".into()),
        ("/placement/subnets", "subnet-0a00000000000000a".into()),
        ("/function/tracing", "true".into()),
        ("/tags", serde_json::json!(["a"])),
        ("/overrides/cloudformation/Secret", "a".into()),
    ] {
        assert_eq!(read(&spec_with(pointer, value.clone())), (false, false), "{pointer}: {value}");
    }
}

#[test]
fn the_schema_names_and_describes_every_key() {
    let mut found = BTreeSet::new();
    keys(json_schema(), &mut found);
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), KEYS);
    fn described(schema: &Value, path: &str) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            for (key, property) in properties {
                assert!(
                    property.get("description").is_some() || property.get("$ref").is_some(),
                    "{path}{key} has no description"
                );
                described(property, &format!("{path}{key}."));
            }
        }
    }
    described(json_schema(), "");
    json_schema()["$defs"]
        .as_object()
        .unwrap()
        .iter()
        .for_each(|(name, schema)| described(schema, &format!("{name}.")));
}
