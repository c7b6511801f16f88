//! Prints a Terraform file in Terraform's JSON syntax, for a `.tf.json` file.

use serde_json::{Map as Object, Value as Json, json};

use super::document::{Block, Body, Expression, Piece, Structure, pieces};
use super::hcl;

/// The file as indented JSON with a final newline. A block's comment becomes its `//` property, which Terraform skips;
/// all other comments are left out.
pub fn print(body: &Body) -> String {
    format!("{:#}\n", Json::Object(object(body, &[])))
}

/// How Terraform reads the strings of an argument in JSON.
#[derive(Clone, Copy)]
enum Reading {
    /// As templates, in which `${...}` is an expression. So it reads most of them.
    Template,
    /// As they are: what has to be known before anything is evaluated.
    Literal,
    /// As code: references, keywords and types, which stand without `${...}`.
    Code,
}

/// `blocks` are the kinds of the blocks around the argument, outermost first.
fn reading(blocks: &[&str], argument: &str) -> Reading {
    match (blocks, argument) {
        (["resource" | "data" | "module" | "output"], "depends_on") => Reading::Code,
        (["resource" | "data"], "provider") => Reading::Code,
        (["resource", "lifecycle"], "ignore_changes" | "replace_triggered_by") => Reading::Code,
        (["variable"], "type") => Reading::Code,
        (["variable"], _) => Reading::Literal,
        (["output"], "description") => Reading::Literal,
        (["module"], "providers") => Reading::Code,
        (["module"], "source" | "version") => Reading::Literal,
        (["provider"], "alias" | "version") => Reading::Literal,
        (["moved" | "removed"], _) | (["import"], "to" | "provider") => Reading::Code,
        (["terraform", ..], _) => Reading::Literal,
        _ => Reading::Template,
    }
}

fn object(body: &Body, blocks: &[&str]) -> Object<String, Json> {
    let mut out = Object::new();
    for structure in &body.0 {
        match structure {
            Structure::Attribute { name, value } => {
                out.insert(name.clone(), expression(value, reading(blocks, name)));
            }
            Structure::Block(block) => insert(&mut out, block, blocks),
            Structure::Comment(_) | Structure::Blank | Structure::Banner(_) => {}
        }
    }
    out
}

/// Puts a block at its place under its kind and labels; a second one at the same place makes a list of both.
fn insert(out: &mut Object<String, Json>, block: &Block, blocks: &[&str]) {
    let mut inside = blocks.to_vec();
    inside.push(&block.kind);
    let mut body = Object::new();
    if let Some(comment) = &block.comment {
        body.insert("//".to_owned(), json!(comment));
    }
    body.extend(object(&block.body, &inside));

    let mut place = out.entry(&block.kind).or_insert(Json::Null);
    for label in &block.labels {
        place = &mut place[label];
    }
    match place {
        Json::Null => *place = Json::Object(body),
        Json::Array(several) => several.push(Json::Object(body)),
        _ => *place = json!([place.take(), body]),
    }
}

fn expression(of: &Expression, reading: Reading) -> Json {
    match of {
        Expression::Null => Json::Null,
        Expression::Boolean(boolean) => json!(boolean),
        Expression::Integer(integer) => json!(integer),
        Expression::Text(text) => json!(text_in(text, reading)),
        Expression::List(elements) => elements.iter().map(|element| expression(element, reading)).collect(),
        Expression::Map(entries) => {
            entries.iter().map(|(name, value)| (text_in(name, reading), expression(value, reading))).collect()
        }
        Expression::Template(parts) => match pieces(parts).as_slice() {
            [Piece::Expression(only)] => expression(only, reading),
            parts => json!(template(parts)),
        },
        Expression::Traversal(_) | Expression::Call(..) | Expression::Index(..) => match reading {
            Reading::Template => json!(format!("${{{}}}", hcl::inline(of))),
            Reading::Literal | Reading::Code => json!(hcl::inline(of)),
        },
    }
}

fn template(parts: &[Piece<'_>]) -> String {
    let written = parts.iter().enumerate().map(|(position, part)| match part {
        Piece::Text(text) => escaped(text, position + 1 < parts.len()),
        Piece::Expression(expression) => format!("${{{}}}", hcl::inline(expression)),
    });
    written.collect()
}

fn text_in(text: &str, reading: Reading) -> String {
    match reading {
        Reading::Template => escaped(text, false),
        Reading::Literal | Reading::Code => text.to_owned(),
    }
}

/// Text as it stands in a template. `before_expression` says that `${` comes right after it.
///
/// A template outside quotes knows no backslash. So what Terraform would not read back becomes an expression: a `$` right
/// before an expression, which would escape it, a carriage return, after which Terraform takes all of the template for
/// text, and a byte order mark, which it drops at the start.
fn escaped(text: &str, before_expression: bool) -> String {
    const LOST: [char; 2] = ['\r', '\u{FEFF}'];
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(LOST) {
        let literal = match piece.strip_suffix(LOST) {
            Some(literal) => literal.trim_end_matches('$'),
            None if before_expression => piece.trim_end_matches('$'),
            None => piece,
        };
        out.push_str(&literal.replace("${", "$${").replace("%{", "%%{"));
        if literal.len() < piece.len() {
            out.push_str(&format!("${{{}}}", hcl::quoted(&piece[literal.len()..])));
        }
    }
    out
}
