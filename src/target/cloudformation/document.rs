//! A CloudFormation template as data: values, references to other resources, comments and blank lines.

/// Comments are wrapped so that no line is longer, unless a single word is.
const COMMENT_COLUMNS: usize = 100;

/// Anything that may stand in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Text that means itself: a `${...}` in it is no substitution.
    Text(String),
    /// Values in order.
    List(Vec<Item>),
    /// Values by key, in order.
    Map(Map),
    /// `!Ref`: a parameter, a pseudo parameter or a resource.
    Ref(String),
    /// `!GetAtt`: a resource's logical id and the attribute's name.
    GetAtt(String, String),
    /// `!Sub`: text in which `${...}` is replaced. Text of others goes through [`sub_escape`] first.
    Sub(String),
    /// `!Sub` with values of its own for some of the names.
    SubWith(String, Vec<(String, Value)>),
    /// `!ImportValue`: what another stack exports under this name.
    ImportValue(Box<Value>),
    /// `!Select`: one element of a list, counted from zero.
    Select(u32, Box<Value>),
    /// `!Split`: the parts of a text between a delimiter.
    Split(String, Box<Value>),
}

/// One element of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Printed above the element.
    pub comment: Option<String>,
    /// The element.
    pub value: Value,
}

impl Item {
    /// An element without a comment.
    pub fn new(value: impl Into<Value>) -> Self {
        Self { comment: None, value: value.into() }
    }

    /// The same element with a comment above it.
    #[must_use]
    pub fn commented(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }
}

/// One key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Printed above the key.
    pub comment: Option<String>,
    /// Whether a blank line sets the entry apart from the one before it. The first entry of a map has none before it.
    pub blank_before: bool,
    /// The key: a name of CloudFormation's or the template's, so under 255 characters.
    pub key: String,
    /// The value.
    pub value: Value,
}

impl Entry {
    /// An entry without a comment and without a blank line.
    pub fn new(key: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { comment: None, blank_before: false, key: key.into(), value: value.into() }
    }

    /// The same entry with a comment above it.
    #[must_use]
    pub fn commented(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// The same entry set apart from the one before it.
    #[must_use]
    pub fn apart(mut self) -> Self {
        self.blank_before = true;
        self
    }
}

/// Keys with values, in the order in which they are printed. No key may be given twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map(pub Vec<Entry>);

impl Map {
    /// A map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same map with one more entry.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.push(key, value);
        self
    }

    /// The same map with one more entry if there is a value for it.
    #[must_use]
    pub fn with_some(self, key: impl Into<String>, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The same map with one more entry that has a comment or a blank line of its own.
    #[must_use]
    pub fn with_entry(mut self, entry: Entry) -> Self {
        self.0.push(entry);
        self
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        self.0.push(Entry::new(key, value));
    }

    /// Whether the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Value {
    /// A `!Ref` to a parameter or a resource.
    pub fn reference(name: impl Into<String>) -> Self {
        Self::Ref(name.into())
    }

    /// A `!GetAtt` of a resource's attribute.
    pub fn attribute(logical_id: impl Into<String>, attribute: impl Into<String>) -> Self {
        Self::GetAtt(logical_id.into(), attribute.into())
    }

    /// A `!Sub` of this text.
    pub fn sub(text: impl Into<String>) -> Self {
        Self::Sub(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Item::new).collect())
    }
}

/// The text as it must stand in a [`Value::Sub`] to come out as it is.
///
/// CloudFormation replaces `${Name}` and prints `${!Name}` as `${Name}`, so an exclamation mark goes after each `${`.
/// Its rule speaks of closed braces only; text that opens one and never closes it belongs in [`Value::SubWith`].
pub fn sub_escape(text: &str) -> String {
    text.replace("${", "${!")
}

/// The comment as lines that start with `#`, wrapped at word boundaries for a comment at this indent.
///
/// Line breaks in the comment are kept; characters that nobody would see become spaces.
pub(crate) fn comment_lines(comment: &str, indent: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in comment.trim().lines() {
        let paragraph = paragraph.replace(is_unseen, " ");
        let mut line = String::from("#");
        let mut columns = indent + 1;
        for word in paragraph.split_whitespace() {
            let width = 1 + word.chars().count();
            if columns + width > COMMENT_COLUMNS && line.len() > 1 {
                lines.push(std::mem::replace(&mut line, String::from("#")));
                columns = indent + 1;
            }
            line.extend([" ", word]);
            columns += width;
        }
        lines.push(line);
    }
    lines
}

/// Characters that are escaped: not printable, or printed as nothing, as a space or as a change of direction.
pub(crate) fn is_unseen(c: char) -> bool {
    // The zero width joiner is not among them: it holds emoji together.
    matches!(c,
        '\0'..='\x1F' | '\x7F'..='\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}' | '\u{3000}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}
