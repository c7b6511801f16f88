//! Stage two, *check*: every rule that a spec can break, all findings in one run.
//!
//! This stage refuses and warns. It changes nothing, and no rule stops another. Only [`check`] builds a
//! [`Checked`], so the later stages take its promises as given and have no error to return.

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::{Shipped, Spec};

/// A spec that has passed every rule, with the user's files that are shipped with its function.
#[derive(Debug, Clone)]
pub struct Checked {
    spec: Spec,
    shipped: Shipped,
}

impl Checked {
    /// The spec.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The user's files that become part of the function.
    pub fn shipped(&self) -> &Shipped {
        &self.shipped
    }
}

/// What a rule looks at.
pub struct Subject<'s> {
    /// The spec.
    pub spec: &'s Spec,
    /// The user's files that become part of the function.
    pub shipped: &'s Shipped,
}

/// A rule: its code, and what finds the places that break it.
struct Rule {
    code: &'static Code,
    find: fn(&Subject<'_>) -> Vec<Diagnostic>,
}

/// Declares each rule's module and lists it: one rule, one file, one code.
macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*
        static RULES: &[Rule] = &[$(Rule { code: &$module::CODE, find: $module::find }),*];
    };
}

rules! {
    name_invalid,
}

/// Runs every rule. The spec comes back as [`Checked`] unless a rule refuses it; warnings come back either way.
pub fn check(spec: Spec, shipped: Shipped) -> (Option<Checked>, Vec<Diagnostic>) {
    let subject = Subject { spec: &spec, shipped: &shipped };
    let found: Vec<Diagnostic> = RULES.iter().flat_map(|rule| (rule.find)(&subject)).collect();
    let refused = found.iter().any(Diagnostic::is_error);
    ((!refused).then_some(Checked { spec, shipped }), found)
}

/// Every code that a rule reports.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    RULES.iter().map(|rule| rule.code)
}
