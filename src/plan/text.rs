//! Text that is known now, or only when the plan is deployed.

use super::Id;

/// A text of the plan, in no target's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Known now.
    Literal(String),
    /// The value of an [`Input`](super::Input), by its key.
    Input(String),
    /// What AWS gives a planned resource.
    Of(Id, Attribute),
    /// `aws`, `aws-cn`, `aws-us-gov`.
    Partition,
    /// The account that the plan is deployed in.
    Account,
    /// The Region that the plan is deployed in.
    Region,
    /// `amazonaws.com`, `amazonaws.com.cn`.
    DnsSuffix,
    /// Texts one after the other.
    Joined(Vec<Text>),
    /// One part of a text that is split at a separator; the first is 0.
    Part(Box<Text>, char, usize),
}

/// What AWS gives a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// Its ARN.
    Arn,
    /// Its identifier.
    Id,
    /// Its name.
    Name,
    /// An endpoint's host name.
    DnsName,
    /// A database's host name.
    Host,
    /// The ARN of all streams of a log group.
    Streams,
}

impl Text {
    /// The text, when it is known now.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }

    /// Texts one after the other: `Text::joined(["arn:".into(), Text::Partition])`.
    pub fn joined(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::Joined(parts.into_iter().collect())
    }

    /// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` in the Region and account of the deployment.
    pub fn arn(service: &str, resource: impl Into<Self>) -> Self {
        Self::joined([
            "arn:".into(),
            Self::Partition,
            format!(":{service}:").into(),
            Self::Region,
            ":".into(),
            Self::Account,
            ":".into(),
            resource.into(),
        ])
    }

    /// Calls `visit` with this text and every text in it.
    pub fn visit<'t>(&'t self, visit: &mut impl FnMut(&'t Self)) {
        visit(self);
        match self {
            Self::Joined(parts) => parts.iter().for_each(|part| part.visit(visit)),
            Self::Part(whole, ..) => whole.visit(visit),
            Self::Literal(_)
            | Self::Input(_)
            | Self::Of(..)
            | Self::Partition
            | Self::Account
            | Self::Region
            | Self::DnsSuffix => {}
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Literal(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Literal(text)
    }
}
