//! What is deployed together is in one account (IAM user guide, "Cross-account policy evaluation logic").

use super::{Subject, home};
use crate::diagnostic::{At, Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "account-mismatch",
    level: Level::Error,
    summary: "two ARNs are in different accounts",
    explanation: "A managed policy can be attached to roles and users of its own account only, and the output attaches \
        the operators' policies, the permissions boundary and the function's permissions in the account of the secret. \
        Let people of another account assume a role in this one, and name that role.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let told = home::in_account(subject.spec);
    let Some(first) = told.first() else { return vec![] };
    told.iter()
        .filter(|other| other.arn.account != first.arn.account)
        .map(|other| {
            let message =
                format!("this is in account {}, and `{}` is in {}", other.arn.account, first.route, first.arn.account);
            Diagnostic::at(&CODE, other.route.clone(), message)
                .also(At::Value(first.route.clone()), format!("in account {}", first.arn.account))
                .help("name one of the same account")
        })
        .collect()
}
