//! Reads YAML text into nodes: serde_yaml says what the values are, saphyr's events say where they stand.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, Span};
use serde::Deserialize;

use super::codes;
use super::node::{Content, Node, Pair};
use crate::diagnostic::{At, Diagnostic, File, Place};

/// Deeper than any spec; keeps a hostile file from exhausting the stack.
const DEPTH: usize = 32;
/// More values than any spec; keeps aliases of aliases from exhausting the memory.
const VALUES: usize = 20_000;

/// Reads every document of a file. Empty documents are left out.
///
/// # Errors
/// The findings that make the file unreadable.
pub fn read(file: &Arc<File>) -> Result<Vec<Node>, Vec<Diagnostic>> {
    let shapes = shapes(file).map_err(|finding| vec![finding])?;
    let twice: Vec<_> = shapes.iter().flat_map(|shape| keys_twice(shape)).collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    let mut nodes = Vec::new();
    for (position, document) in serde_yaml::Deserializer::from_str(&file.text).enumerate() {
        let mut value = serde_yaml::Value::deserialize(document).map_err(|error| vec![invalid(file, &error)])?;
        value.apply_merge().map_err(|error| vec![invalid(file, &error)])?;
        if value.is_null() {
            continue;
        }
        let start = Place { file: Arc::clone(file), start: (1, 0), end: (1, 0) };
        nodes.push(node(value, shapes.get(position).map(Rc::as_ref), &start).map_err(|finding| vec![finding])?);
    }
    Ok(nodes)
}

fn invalid(file: &Arc<File>, error: &serde_yaml::Error) -> Diagnostic {
    let (line, column) =
        error.location().map_or((1, 0), |location| (location.line(), location.column().saturating_sub(1)));
    let text = error.to_string();
    // The location is drawn; the sentence need not repeat it.
    let sentence = text.split(" at line ").next().unwrap_or(&text).to_owned();
    let place = Place { file: Arc::clone(file), start: (line.max(1), column), end: (line.max(1), column + 1) };
    Diagnostic::new(&codes::YAML_INVALID, At::Place(place), format!("this is not YAML: {sentence}"))
        .help("check the indentation, and put quotes around text that holds `: ` or ` #`")
}

/// The skeleton of a document: where each node stands.
struct Shape {
    place: Place,
    children: Children,
    /// Nodes in it with aliases expanded; saturates.
    size: usize,
    /// Levels below and with it, with aliases expanded.
    depth: usize,
}

enum Children {
    None,
    List(Vec<Rc<Shape>>),
    Map(Vec<(String, Rc<Shape>, Rc<Shape>)>),
}

/// A collection that is still open.
struct Open {
    start: Span,
    anchor: usize,
    is_map: bool,
    items: Vec<(Rc<Shape>, String)>,
}

fn shapes(file: &Arc<File>) -> Result<Vec<Rc<Shape>>, Diagnostic> {
    let mut documents = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Rc<Shape>> = HashMap::new();
    for event in Parser::new_from_str(&file.text) {
        let (event, span) = event.map_err(|error| {
            let (line, column) = (error.marker().line(), error.marker().col());
            let place = Place { file: Arc::clone(file), start: (line, column), end: (line, column + 1) };
            if error.info().contains("recursion limit") {
                return too_deep(place);
            }
            Diagnostic::new(&codes::YAML_INVALID, At::Place(place), format!("this is not YAML: {}", error.info()))
                .help("check the indentation, and put quotes around text that holds `: ` or ` #`")
        })?;
        let finished = match event {
            Event::DocumentStart(_) => {
                anchors.clear();
                continue;
            }
            Event::MappingStart(anchor, _) | Event::SequenceStart(anchor, _) => {
                if open.len() >= DEPTH {
                    return Err(too_deep(place(file, span, span)));
                }
                let is_map = matches!(event, Event::MappingStart(..));
                open.push(Open { start: span, anchor, is_map, items: Vec::new() });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => match open.pop() {
                Some(collection) => {
                    let anchor = collection.anchor;
                    let shape = Rc::new(close(file, collection, span));
                    anchors.insert(anchor, Rc::clone(&shape));
                    (shape, String::new())
                }
                None => continue,
            },
            Event::Scalar(text, _, anchor, _) => {
                let shape =
                    Rc::new(Shape { place: place(file, span, span), children: Children::None, size: 1, depth: 1 });
                anchors.insert(anchor, Rc::clone(&shape));
                (shape, text.into_owned())
            }
            Event::Alias(anchor) => match anchors.get(&anchor) {
                Some(shape) => (Rc::clone(shape), String::new()),
                None => (
                    Rc::new(Shape { place: place(file, span, span), children: Children::None, size: 1, depth: 1 }),
                    String::new(),
                ),
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => continue,
        };
        if finished.0.size > VALUES {
            return Err(too_large(finished.0.place.clone()));
        }
        if open.len() + finished.0.depth > DEPTH {
            return Err(too_deep(finished.0.place.clone()));
        }
        match open.last_mut() {
            // A list that is never closed, or at the end of a large file, would be too late to tell.
            Some(parent) if parent.items.len() > 2 * VALUES => return Err(too_large(finished.0.place.clone())),
            Some(parent) => parent.items.push(finished),
            None => documents.push(finished.0),
        }
    }
    Ok(documents)
}

fn too_large(place: Place) -> Diagnostic {
    Diagnostic::new(&codes::YAML_TOO_LARGE, At::Place(place), format!("this expands to more than {VALUES} values"))
        .help("write the values out, or split the file")
}

fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::new(&codes::YAML_TOO_DEEP, At::Place(place), format!("this nests deeper than {DEPTH} levels"))
        .help("a spec nests a handful of levels; is this the right file?")
}

fn close(file: &Arc<File>, collection: Open, end: Span) -> Shape {
    let size = collection.items.iter().fold(1usize, |size, (item, _)| size.saturating_add(item.size));
    let depth = 1 + collection.items.iter().map(|(item, _)| item.depth).max().unwrap_or(0);
    let place = place(file, collection.start, end);
    let children = if collection.is_map {
        let mut pairs = Vec::with_capacity(collection.items.len() / 2);
        let mut items = collection.items.into_iter();
        while let (Some((key, text)), Some((value, _))) = (items.next(), items.next()) {
            pairs.push((text, key, value));
        }
        Children::Map(pairs)
    } else {
        Children::List(collection.items.into_iter().map(|(item, _)| item).collect())
    };
    Shape { place, children, size, depth }
}

fn place(file: &Arc<File>, start: Span, end: Span) -> Place {
    Place {
        file: Arc::clone(file),
        start: (start.start.line(), start.start.col()),
        end: (end.end.line(), end.end.col()),
    }
}

fn keys_twice(shape: &Shape) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match &shape.children {
        Children::None => {}
        Children::List(items) => found.extend(items.iter().flat_map(|item| keys_twice(item))),
        Children::Map(pairs) => {
            let mut first: HashMap<&str, &Rc<Shape>> = HashMap::new();
            for (text, key, value) in pairs {
                match first.get(text.as_str()) {
                    Some(earlier) if text != "<<" && !text.is_empty() => found.push(
                        Diagnostic::new(
                            &codes::KEY_TWICE,
                            At::Place(key.place.clone()),
                            format!("`{text}` stands twice in this map"),
                        )
                        .also(At::Place(earlier.place.clone()), "first here")
                        .help("remove one of the two"),
                    ),
                    _ => {
                        first.insert(text, key);
                    }
                }
                found.extend(keys_twice(value));
            }
        }
    }
    found
}

/// Joins a value with its shape. Where a merge key brought something from elsewhere, the place is the nearest known one.
fn node(value: serde_yaml::Value, shape: Option<&Shape>, parent: &Place) -> Result<Node, Diagnostic> {
    let place = shape.map_or_else(|| parent.clone(), |shape| shape.place.clone());
    let content = match value {
        serde_yaml::Value::Null => Content::Null,
        serde_yaml::Value::Bool(value) => Content::Boolean(value),
        serde_yaml::Value::Number(number) => number_content(&number),
        serde_yaml::Value::String(text) => Content::Text(text),
        serde_yaml::Value::Sequence(items) => {
            let shapes = match shape.map(|shape| &shape.children) {
                Some(Children::List(shapes)) => shapes.as_slice(),
                _ => &[],
            };
            let nodes = items.into_iter().enumerate();
            Content::List(
                nodes
                    .map(|(index, item)| node(item, shapes.get(index).map(Rc::as_ref), &place))
                    .collect::<Result<_, _>>()?,
            )
        }
        serde_yaml::Value::Mapping(map) => {
            let mut pairs = Vec::with_capacity(map.len());
            for (key, value) in map {
                let serde_yaml::Value::String(key) = key else {
                    return Err(Diagnostic::new(&codes::TYPE_WRONG, At::Place(place), "a key of this map is not text")
                        .help("put quotes around the key"));
                };
                let found = shape.and_then(|shape| find(shape, &key));
                let key_place = found.map_or_else(|| place.clone(), |(key, _)| key.place.clone());
                let value = node(value, found.map(|(_, value)| value), &key_place)?;
                pairs.push(Pair { key, place: key_place, value });
            }
            Content::Map(pairs)
        }
        serde_yaml::Value::Tagged(tagged) => {
            return Err(Diagnostic::new(&codes::YAML_TAG, At::Place(place), format!("the tag `{}` has no meaning here", tagged.tag))
                .help("for a value known at deploy time write `{ parameter: Name }`, `{ ssm: /path }` or `{ import: export-name }`"));
        }
    };
    Ok(Node { place, content })
}

fn find<'s>(shape: &'s Shape, key: &str) -> Option<(&'s Shape, &'s Shape)> {
    let Children::Map(pairs) = &shape.children else { return None };
    let own = pairs.iter().find(|(text, _, _)| text == key).map(|(_, key, value)| (key.as_ref(), value.as_ref()));
    own.or_else(|| {
        pairs.iter().filter(|(text, _, _)| text == "<<").find_map(|(_, _, merged)| match &merged.children {
            Children::List(items) => items.iter().find_map(|item| find(item, key)),
            Children::Map(_) | Children::None => find(merged, key),
        })
    })
}

/// JSON has no infinity and no NaN: they are read as text, which no number of the language accepts.
fn number_content(number: &serde_yaml::Number) -> Content {
    let exact = number
        .as_u64()
        .map(serde_json::Number::from)
        .or_else(|| number.as_i64().map(serde_json::Number::from))
        .or_else(|| number.as_f64().and_then(serde_json::Number::from_f64));
    exact.map_or_else(|| Content::Text(number.to_string()), Content::Number)
}
