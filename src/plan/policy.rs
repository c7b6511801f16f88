//! IAM policy documents as types: what is not spelled here cannot be granted.

use super::Text;

/// A policy document, version 2012-10-17.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document(pub Vec<Statement>);

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its name: letters and digits.
    pub sid: &'static str,
    /// Why it is there.
    pub why: &'static str,
    /// Allow or deny.
    pub effect: Effect,
    /// Who, in policies that a resource carries.
    pub principal: Option<Principal>,
    /// What may be done: `service:Action`.
    pub actions: Vec<&'static str>,
    /// To what; empty in a trust policy.
    pub resources: Vec<Text>,
    /// Under which conditions, all of them.
    pub conditions: Vec<Condition>,
}

/// Allow or deny.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Allow.
    Allow,
    /// Deny.
    Deny,
}

/// Who a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// An AWS service. Its name ends in `amazonaws.com` in every partition.
    Service(&'static str),
    /// An IAM principal's ARN.
    Arn(Text),
    /// Anybody whom the conditions admit.
    Anyone,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// `StringEquals`, `ArnEquals`.
    pub operator: &'static str,
    /// The condition key.
    pub key: &'static str,
    /// The values, any of which fits.
    pub values: Vec<Text>,
}

impl Statement {
    /// Allows actions on resources.
    pub fn allow(
        sid: &'static str,
        why: &'static str,
        actions: &[&'static str],
        resources: impl IntoIterator<Item = Text>,
    ) -> Self {
        Self {
            sid,
            why,
            effect: Effect::Allow,
            principal: None,
            actions: actions.to_vec(),
            resources: resources.into_iter().collect(),
            conditions: Vec::new(),
        }
    }

    /// Denies actions on everything.
    pub fn deny(sid: &'static str, why: &'static str, actions: &[&'static str]) -> Self {
        Self { effect: Effect::Deny, ..Self::allow(sid, why, actions, [Text::from("*")]) }
    }

    /// Names the principal.
    #[must_use]
    pub fn to(mut self, principal: Principal) -> Self {
        self.principal = Some(principal);
        self
    }

    /// Adds a condition with one value.
    #[must_use]
    pub fn when(mut self, operator: &'static str, key: &'static str, value: impl Into<Text>) -> Self {
        self.conditions.push(Condition { operator, key, values: vec![value.into()] });
        self
    }
}

impl Document {
    /// Every text in the document.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().flat_map(|statement| {
            let principal = match &statement.principal {
                Some(Principal::Arn(arn)) => Some(arn),
                Some(Principal::Service(_) | Principal::Anyone) | None => None,
            };
            let conditions = statement.conditions.iter().flat_map(|condition| &condition.values);
            statement.resources.iter().chain(conditions).chain(principal)
        })
    }
}
