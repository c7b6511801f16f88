//! How the password changes, and how often.

use schemars::JsonSchema;
use serde::Deserialize;

use super::value::Value;

/// How the password changes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Strategy {
    /// A strategy that needs no more than its name.
    Word(StrategyWord),
    /// A strategy that needs a superuser.
    With(StrategyWith),
}

/// A strategy by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StrategyWord {
    /// The login changes its own password.
    SingleUser,
    /// AWS rotates; there is no function.
    Managed,
}

/// A strategy with the superuser that carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StrategyWith {
    /// The superuser sets the login's password: a missing or locked-out login is put right.
    SingleUser(Superuser),
    /// Two logins take turns, so the current one always works.
    AlternatingUsers(Superuser),
}

/// The superuser's secret.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Superuser {
    /// The ARN of the superuser's secret.
    pub superuser_secret: Value,
    /// The customer managed key that encrypts it. Absent: the AWS managed key.
    pub superuser_kms_key: Option<Value>,
    /// Whether RDS manages that secret (it then holds no host).
    #[serde(default)]
    pub rds_managed: bool,
}

impl Strategy {
    /// The superuser, when the strategy has one.
    pub fn superuser(&self) -> Option<&Superuser> {
        match self {
            Self::Word(_) => None,
            Self::With(StrategyWith::SingleUser(superuser) | StrategyWith::AlternatingUsers(superuser)) => {
                Some(superuser)
            }
        }
    }

    /// Whether AWS rotates by itself.
    pub fn is_managed(&self) -> bool {
        *self == Self::Word(StrategyWord::Managed)
    }

    /// Whether two logins take turns.
    pub fn is_alternating(&self) -> bool {
        matches!(self, Self::With(StrategyWith::AlternatingUsers(_)))
    }

    /// The word in the spec.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Word(StrategyWord::SingleUser) | Self::With(StrategyWith::SingleUser(_)) => "single-user",
            Self::Word(StrategyWord::Managed) => "managed",
            Self::With(StrategyWith::AlternatingUsers(_)) => "alternating-users",
        }
    }
}

/// When the password changes. Times are UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// `30 days`, `12 hours`. Absent, with `cron`: every 30 days.
    pub every: Option<String>,
    /// Minutes, hours, day of month, month, day of week, year: `0 3 ? * SUN *`.
    pub cron: Option<String>,
    /// How long a rotation may start after its time: `3h`.
    pub window: Option<String>,
    /// Whether the first rotation happens at once. AWS tests the function at once either way.
    pub immediately: Option<bool>,
}
