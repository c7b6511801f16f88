//! Documents with what they extend merged under them.

use std::path::{Path, PathBuf};

use super::node::{Content, Node};
use super::{codes, source, yaml};
use crate::diagnostic::{At, Diagnostic};

/// More than anybody can follow; keeps a hostile chain from exhausting the stack.
const LONGEST_CHAIN: usize = 16;

/// One document of a file, with its bases merged under it.
#[derive(Debug)]
pub struct Document {
    /// What it says, each value with its own place.
    pub node: Node,
    /// The folder that relative paths in it start from.
    pub folder: PathBuf,
}

/// Reads every spec of a file. A file whose only document has no `name` is a base, which is not compiled: none come back.
///
/// # Errors
/// Every finding that makes the file, or a base, unreadable.
pub fn documents(path: &Path) -> Result<Vec<Document>, Vec<Diagnostic>> {
    let file = source::load(path).map_err(|finding| vec![finding])?;
    let nodes = yaml::read(&file)?;
    if nodes.is_empty() {
        return Err(vec![
            Diagnostic::in_path(&codes::SPECS_MISSING, file.path.clone(), "this file holds no spec")
                .help("`rotaform new` writes one to start from"),
        ]);
    }
    let only = nodes.len() == 1;
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let mut documents = Vec::new();
    let mut errors = Vec::new();
    for node in nodes {
        let is_base = only && matches!(node.content, Content::Map(_)) && node.get("name").is_none();
        if is_base && path.as_os_str() != source::STANDARD_INPUT {
            continue;
        }
        match merged(node, path, &mut vec![canonical(path)]) {
            Ok(node) => documents.push(Document { node, folder: folder.clone() }),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(documents) } else { Err(errors) }
}

/// The node over its base, and that over its own, and so on.
fn merged(mut node: Node, path: &Path, chain: &mut Vec<PathBuf>) -> Result<Node, Diagnostic> {
    let Some(pair) = node.pair("extends") else { return Ok(node) };
    // Of the wrong type: the comparison with the language says so.
    let Some(text) = pair.value.text() else { return Ok(node) };
    let place = At::Place(pair.value.place.clone());
    let base_path = path.parent().unwrap_or(Path::new("")).join(text);
    let id = canonical(&base_path);
    if chain.contains(&id) {
        return Err(Diagnostic::new(&codes::EXTENDS_CYCLE, place, format!("`{text}` is extended in a circle"))
            .help("put what the files share in a base of its own"));
    }
    if chain.len() > LONGEST_CHAIN {
        return Err(Diagnostic::new(
            &codes::EXTENDS_TOO_DEEP,
            place,
            format!("`{text}` is the last of more than {LONGEST_CHAIN} files that extend one another"),
        )
        .help("merge some of the files"));
    }
    chain.push(id);
    let unreadable = |why: String| {
        Diagnostic::new(&codes::EXTENDS_UNREADABLE, place.clone(), format!("`{text}` cannot be extended: {why}"))
            .help("write the path of a YAML file with one document, relative to this file")
    };
    let file = source::load_file(&base_path).map_err(|finding| unreadable(finding.message))?;
    let mut documents = yaml::read(&file).map_err(|mut findings| findings.swap_remove(0))?;
    let base = match (documents.pop(), documents.is_empty()) {
        (Some(base), true) if matches!(base.content, Content::Map(_)) => base,
        (Some(_), true) => return Err(unreadable("it is not a map".to_owned())),
        (None, _) => return Err(unreadable("it holds no document".to_owned())),
        (Some(_), false) => return Err(unreadable("it holds more than one document".to_owned())),
    };
    let mut base = merged(base, &base_path, chain)?;
    node.remove("extends");
    merge(&mut base, node);
    Ok(base)
}

/// Maps merge; scalars and lists replace.
fn merge(base: &mut Node, over: Node) {
    match (&mut base.content, over.content) {
        (Content::Map(base_pairs), Content::Map(over_pairs)) => {
            base.place = over.place;
            for pair in over_pairs {
                match base_pairs.iter_mut().find(|base_pair| base_pair.key == pair.key) {
                    Some(base_pair) => {
                        base_pair.place = pair.place;
                        merge(&mut base_pair.value, pair.value);
                    }
                    None => base_pairs.push(pair),
                }
            }
        }
        (_, content) => *base = Node { place: over.place, content },
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

impl Document {
    /// The findings with each route turned into the place it leads to.
    pub fn resolve(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let place = |at: At| match at {
            At::Value(route) => At::Place(self.node.place_of_value(&route)),
            At::Key(route) => At::Place(self.node.place_of_key(&route)),
            other => other,
        };
        found
            .into_iter()
            .map(|diagnostic| Diagnostic {
                at: place(diagnostic.at),
                also: diagnostic.also.into_iter().map(|(at, label)| (place(at), label)).collect(),
                ..diagnostic
            })
            .collect()
    }
}
