//! A Terraform file as data: blocks, arguments, expressions, comments and blank lines.

/// Anything that may stand after an `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `null`, which leaves an argument unset.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Text that means itself: a `${...}` in it is no interpolation.
    Text(String),
    /// Text with expressions in it.
    Template(Vec<Part>),
    /// A reference, `aws_secretsmanager_secret.this.arn`, printed as it is. A keyword or a type, such as `string`, too.
    Traversal(String),
    /// Values in order.
    List(Vec<Expression>),
    /// Values by key, in order. No key may be given twice.
    Map(Vec<(String, Expression)>),
    /// A function's name and its arguments.
    Call(String, Vec<Expression>),
    /// One element, by position or by key.
    Index(Box<Expression>, Box<Expression>),
}

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that means itself.
    Text(String),
    /// `${...}`.
    Expression(Expression),
}

impl Expression {
    /// A reference to a variable, a resource, a data source or a local value.
    pub fn reference(to: impl Into<String>) -> Self {
        Self::Traversal(to.into())
    }

    /// A call of a function.
    pub fn call(function: impl Into<String>, arguments: impl IntoIterator<Item = Expression>) -> Self {
        Self::Call(function.into(), arguments.into_iter().collect())
    }

    /// Values by key.
    pub fn map<K: Into<String>, V: Into<Expression>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// One element of this list or map.
    #[must_use]
    pub fn index(self, at: impl Into<Expression>) -> Self {
        Self::Index(Box::new(self), Box::new(at.into()))
    }
}

impl From<&str> for Expression {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Expression {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Expression {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

impl From<i64> for Expression {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl<T: Into<Expression>> From<Vec<T>> for Expression {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

/// What a file holds, or a block between its braces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body(pub Vec<Structure>);

/// One thing in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Structure {
    /// `name = value`.
    Attribute {
        /// An identifier of Terraform's.
        name: String,
        /// Its value.
        value: Expression,
    },
    /// A block, set apart by blank lines.
    Block(Block),
    /// A comment that belongs to what follows it.
    Comment(String),
    /// A blank line. At either end of a body and beside another one it is left out.
    Blank,
    /// A section's title between two lines of `#`, set apart by blank lines.
    Banner(String),
}

/// `kind "label" { body }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Printed above the block.
    pub comment: Option<String>,
    /// `resource`, `variable`, `statement`: an identifier of Terraform's.
    pub kind: String,
    /// What stands between the kind and the brace: names of letters, digits, `_` and `-`, since `terraform fmt` drops a
    /// label that needs an escape. Blocks of one kind all have as many.
    pub labels: Vec<String>,
    /// What stands between the braces.
    pub body: Body,
}

impl Body {
    /// An empty body.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same body with one more argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Expression>) -> Self {
        self.push(Structure::Attribute { name: name.into(), value: value.into() });
        self
    }

    /// The same body with one more argument if there is a value for it.
    #[must_use]
    pub fn with_some(self, name: impl Into<String>, value: Option<impl Into<Expression>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same body with one more block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.push(Structure::Block(block));
        self
    }

    /// The same body with a comment on what comes next.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.push(Structure::Comment(text.into()));
        self
    }

    /// The same body with a blank line.
    #[must_use]
    pub fn blank(mut self) -> Self {
        self.push(Structure::Blank);
        self
    }

    /// The same body with the title of a section.
    #[must_use]
    pub fn banner(mut self, title: impl Into<String>) -> Self {
        self.push(Structure::Banner(title.into()));
        self
    }

    /// Adds to the end.
    pub fn push(&mut self, structure: Structure) {
        self.0.push(structure);
    }

    /// Whether the body holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Block {
    /// A block without a comment.
    pub fn new<L: Into<String>>(kind: impl Into<String>, labels: impl IntoIterator<Item = L>, body: Body) -> Self {
        Self { comment: None, kind: kind.into(), labels: labels.into_iter().map(Into::into).collect(), body }
    }

    /// A block without labels, such as `statement` or `lifecycle`.
    pub fn plain(kind: impl Into<String>, body: Body) -> Self {
        Self { comment: None, kind: kind.into(), labels: Vec::new(), body }
    }

    /// The same block with a comment above it.
    #[must_use]
    pub fn commented(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }
}

/// One part of a template as [`pieces`] gives them.
pub(super) enum Piece<'e> {
    /// Text, never empty and never right after another text.
    Text(String),
    /// `${...}`.
    Expression(&'e Expression),
}

/// The template's parts with neighbouring texts joined, empty ones dropped and inner templates opened.
///
/// Both printers need it: whether a `$` has to be escaped depends on what follows it.
pub(super) fn pieces(parts: &[Part]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) | Part::Expression(Expression::Text(text)) => push_text(&mut pieces, text),
            Part::Expression(Expression::Template(inner)) => {
                for piece in self::pieces(inner) {
                    match piece {
                        Piece::Text(text) => push_text(&mut pieces, &text),
                        expression @ Piece::Expression(_) => pieces.push(expression),
                    }
                }
            }
            Part::Expression(expression) => pieces.push(Piece::Expression(expression)),
        }
    }
    pieces
}

fn push_text(pieces: &mut Vec<Piece<'_>>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}
