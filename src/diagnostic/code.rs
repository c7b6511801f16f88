//! The stable name of a kind of finding, with its explanation.

/// A kind of finding. Each is a `static`, beside the rule that reports it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its stable name: `subnets-missing`.
    pub name: &'static str,
    /// Whether it refuses the spec.
    pub level: Level,
    /// What it means in one sentence.
    pub summary: &'static str,
    /// Why it matters and what to do: what `rotaform explain CODE` prints.
    pub explanation: &'static str,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is written.
    Error,
    /// Everything is written; somebody should look.
    Warning,
}
