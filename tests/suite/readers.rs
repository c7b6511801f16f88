//! What readers that we did not write make of a bundle's documents, all in one form.

use std::collections::BTreeMap;

use hcl::expr::{Expression, TemplateExpr};
use hcl::template::{Element, Template};
use serde_json::{Value as Json, json};

/// Each document of a bundle by its path. Texts are as the target will see them.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Json> {
    let documents = files.iter().filter_map(|(path, content)| {
        let text = std::str::from_utf8(content).unwrap();
        let document = match path.rsplit_once('.')? {
            (_, "yaml") => template(serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))),
            (path, "json") if path.ends_with(".tf") => terraform_json(serde_json::from_str(text).unwrap()),
            (_, "json") => serde_json::from_str(text).unwrap(),
            (_, "tf") => body(&hcl::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))),
            _ => return None,
        };
        Some((path.clone(), unfold(document)))
    });
    documents.collect()
}

/// CloudFormation's short functions in their long form.
fn template(value: serde_yaml::Value) -> Json {
    match value {
        serde_yaml::Value::Tagged(tagged) => {
            let name = tagged.tag.to_string().replace('!', "");
            let argument = template(tagged.value);
            match (name.as_str(), argument.as_str().and_then(|argument| argument.split_once('.'))) {
                ("Ref", _) => json!({ "Ref": argument }),
                ("GetAtt", Some((id, attribute))) => json!({ "Fn::GetAtt": [id, attribute] }),
                _ => json!({ format!("Fn::{name}"): argument }),
            }
        }
        serde_yaml::Value::Sequence(items) => items.into_iter().map(template).collect(),
        serde_yaml::Value::Mapping(pairs) => {
            pairs.into_iter().map(|(key, value)| (key.as_str().unwrap().to_owned(), template(value))).collect()
        }
        plain => serde_json::to_value(plain).unwrap(),
    }
}

/// Texts that are JSON are read too, wherever they stand.
pub fn unfold(value: Json) -> Json {
    match value {
        Json::String(text) => match serde_json::from_str::<Json>(&text) {
            Ok(inner @ Json::Object(_)) => json!({ "the JSON": unfold(inner) }),
            _ => Json::String(text),
        },
        Json::Array(items) => items.into_iter().map(unfold).collect(),
        Json::Object(pairs) => pairs.into_iter().map(|(key, value)| (key, unfold(value))).collect(),
        plain => plain,
    }
}

fn body(read: &hcl::Body) -> Json {
    let structures = read.iter().map(|structure| match structure {
        hcl::Structure::Attribute(attribute) => json!([attribute.key(), expression(attribute.expr())]),
        hcl::Structure::Block(block) => {
            let labels: Vec<&str> = block.labels().iter().map(hcl::BlockLabel::as_str).collect();
            json!([block.identifier(), labels, body(block.body())])
        }
    });
    structures.collect()
}

fn expression(read: &Expression) -> Json {
    match read {
        Expression::Null => Json::Null,
        Expression::Bool(boolean) => json!(boolean),
        Expression::Number(number) => json!(number),
        Expression::String(text) => json!(text),
        Expression::Array(items) => items.iter().map(expression).collect(),
        Expression::Object(pairs) => pairs.iter().map(|(key, value)| (key.to_string(), expression(value))).collect(),
        Expression::TemplateExpr(template) => match template.as_ref() {
            TemplateExpr::QuotedString(_) => parts(&Template::from_expr(template).unwrap()),
            TemplateExpr::Heredoc(_) => panic!("no heredoc is printed"),
        },
        Expression::Parenthesis(inner) => expression(inner),
        Expression::FuncCall(call) => {
            json!({ "call": call.name.to_string(), "with": call.args.iter().map(expression).collect::<Vec<_>>() })
        }
        other => json!({ "code": other.to_string() }),
    }
}

/// A template without code is its text.
fn parts(template: &Template) -> Json {
    let mut parts = Vec::new();
    let mut text = String::new();
    for element in template.elements() {
        match element {
            Element::Literal(more) => text.push_str(more),
            Element::Interpolation(interpolation) => match &interpolation.expr {
                Expression::String(more) => text.push_str(more),
                expr => parts.extend([json!(std::mem::take(&mut text)), expression(expr)]),
            },
            Element::Directive(_) => panic!("no directive is printed"),
        }
    }
    if parts.is_empty() { json!(text) } else { json!({ "template": parts, "end": text }) }
}

/// Where two documents differ first, with what stands there.
pub fn difference(one: &Json, other: &Json) -> Option<String> {
    match (one, other) {
        (Json::Array(ones), Json::Array(others)) if ones.len() == others.len() => ones
            .iter()
            .zip(others)
            .enumerate()
            .find_map(|(index, (one, other))| Some(format!("{index}/{}", difference(one, other)?))),
        (Json::Object(ones), Json::Object(others))
            if ones.keys().all(|key| others.contains_key(key)) && ones.len() == others.len() =>
        {
            ones.iter().find_map(|(key, one)| Some(format!("{key}/{}", difference(one, &others[key])?)))
        }
        _ => (one != other).then(|| format!("\n{one}\n{other}")),
    }
}

/// Every text of Terraform's JSON is a template, but for those that declare a variable, and comments.
fn terraform_json(value: Json) -> Json {
    match value {
        Json::String(text) => {
            let template: Template = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
            parts(&template)
        }
        Json::Array(items) => items.into_iter().map(terraform_json).collect(),
        Json::Object(pairs) => {
            let pairs = pairs.into_iter().map(|(key, value)| match key.as_str() {
                "//" | "variable" => (key, value),
                _ => (key, terraform_json(value)),
            });
            pairs.collect()
        }
        plain => plain,
    }
}
