//! A YAML value that knows where it stands.

use crate::diagnostic::{Place, Route, Segment};

/// A value with its place in the user's file.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub content: Content,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Nothing: `key:` or `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(serde_json::Number),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the file's order.
    Map(Vec<Pair>),
}

/// An entry of a map.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value of a key, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.pair(key).map(|pair| &pair.value)
    }

    /// The entry of a key, when this is a map that has it.
    pub fn pair(&self, key: &str) -> Option<&Pair> {
        match &self.content {
            Content::Map(pairs) => pairs.iter().find(|pair| pair.key == key),
            _ => None,
        }
    }

    /// The text, when this is text.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a key out of a map.
    pub fn remove(&mut self, key: &str) -> Option<Pair> {
        match &mut self.content {
            Content::Map(pairs) => pairs.iter().position(|pair| pair.key == key).map(|position| pairs.remove(position)),
            _ => None,
        }
    }

    /// Where a route leads: to its value, or as far along the route as the file goes.
    pub fn place_of_value(&self, route: &Route) -> Place {
        self.walk(route.segments()).place.clone()
    }

    /// Where the key at a route's end stands; of a key that is missing, where its map stands.
    pub fn place_of_key(&self, route: &Route) -> Place {
        let Some((Segment::Key(last), parents)) = route.segments().split_last() else {
            return self.place_of_value(route);
        };
        let (parent, parent_place) = self.walk_with_key(parents);
        parent.pair(last).map_or_else(|| parent_place, |pair| pair.place.clone())
    }

    fn walk(&self, segments: &[Segment]) -> &Self {
        let mut node = self;
        for segment in segments {
            match node.step(segment) {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// As [`Self::walk`], with the place of the key that leads to the node: a better pointer than a whole map.
    fn walk_with_key(&self, segments: &[Segment]) -> (&Self, Place) {
        let mut node = self;
        let mut place = self.place.clone();
        for segment in segments {
            let Some(next) = node.step(segment) else { break };
            place = match segment {
                Segment::Key(key) => node.pair(key).map_or_else(|| next.place.clone(), |pair| pair.place.clone()),
                Segment::Index(_) => next.place.clone(),
            };
            node = next;
        }
        (node, place)
    }

    fn step(&self, segment: &Segment) -> Option<&Self> {
        match (segment, &self.content) {
            (Segment::Key(key), Content::Map(_)) => self.get(key),
            (Segment::Index(index), Content::List(items)) => items.get(*index),
            _ => None,
        }
    }

    /// The value without its places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.content {
            Content::Null => serde_json::Value::Null,
            Content::Boolean(value) => serde_json::Value::Bool(*value),
            Content::Number(number) => serde_json::Value::Number(number.clone()),
            Content::Text(text) => serde_json::Value::String(text.clone()),
            Content::List(items) => items.iter().map(Self::to_json).collect(),
            Content::Map(pairs) => pairs
                .iter()
                .map(|pair| (pair.key.clone(), pair.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// What kind of value this is, in plain words.
    pub fn kind(&self) -> &'static str {
        match &self.content {
            Content::Null => "nothing",
            Content::Boolean(_) => "true or false",
            Content::Number(_) => "a number",
            Content::Text(_) => "text",
            Content::List(_) => "a list",
            Content::Map(_) => "a map",
        }
    }
}
