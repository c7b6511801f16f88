//! What rotaform has to say about a user's input: a code, a sentence, a place, a remedy.

mod code;
pub mod render;
mod route;

use std::fmt;
use std::sync::Arc;

pub use code::{Code, Level};
pub use route::{Route, Segment};

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What kind of finding this is.
    pub code: &'static Code,
    /// What is wrong: one sentence in lower case, without a final period.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where it is.
    pub at: At,
    /// Other places that belong to it, each with what stands there.
    pub also: Vec<(At, String)>,
}

/// Where a finding is: as a route first, as a place in a file once the file is at hand.
#[derive(Debug, Clone)]
pub enum At {
    /// Nowhere in particular.
    Run,
    /// A file or folder as a whole.
    Path(String),
    /// The value at a route of the spec.
    Value(Route),
    /// The key at the end of a route of the spec.
    Key(Route),
    /// A place in a file.
    Place(Place),
}

/// A file of the user's, kept for drawing.
#[derive(PartialEq, Eq)]
pub struct File {
    /// Its path as the user wrote it.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "File({})", self.path)
    }
}

/// A run of characters in a file. Lines count from 1, columns (in characters) from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<File>,
    /// First line and column.
    pub start: (usize, usize),
    /// Line and column just past the end.
    pub end: (usize, usize),
}

impl Diagnostic {
    /// A finding at a value of the spec.
    pub fn at(code: &'static Code, route: Route, message: impl Into<String>) -> Self {
        Self::new(code, At::Value(route), message)
    }

    /// A finding at a key of the spec.
    pub fn at_key(code: &'static Code, route: Route, message: impl Into<String>) -> Self {
        Self::new(code, At::Key(route), message)
    }

    /// A finding about a file or folder as a whole.
    pub fn in_path(code: &'static Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(code, At::Path(path.into()), message)
    }

    /// A finding.
    pub fn new(code: &'static Code, at: At, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, at, also: Vec::new() }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn also(mut self, at: At, label: impl Into<String>) -> Self {
        self.also.push((at, label.into()));
        self
    }

    /// Whether this finding refuses the spec.
    pub fn is_error(&self) -> bool {
        self.code.level == Level::Error
    }

    /// The place's path, line and column; what findings are sorted by.
    pub fn position(&self) -> (&str, usize, usize) {
        match &self.at {
            At::Place(place) => (&place.file.path, place.start.0, place.start.1),
            At::Path(path) => (path, 0, 0),
            At::Run | At::Value(_) | At::Key(_) => ("", 0, 0),
        }
    }
}

/// The candidate nearest to what was written, if any is near enough to be meant.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nothing that could be meant is that long, and each comparison costs time by the letter.
    if written.len() > 200 {
        return None;
    }
    let written = written.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&written, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count().max(written.chars().count()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
