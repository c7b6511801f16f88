//! The AWS managed key serves one account (Secrets Manager user guide, "Access secrets from a different account").

use super::Subject;
use super::home;
use super::values::Kind;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "superuser-key-missing",
    level: Level::Error,
    summary: "the superuser's secret is in another account, and its key is not named",
    explanation: "A secret that is encrypted with the AWS managed key `aws/secretsmanager` can be read from its own \
        account only. To read one of another account, it must be encrypted with a customer managed key, the function's \
        role needs a right to that key, and the secret's and the key's policies must let the role in.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    let Some(superuser) = spec.strategy.superuser() else { return vec![] };
    let accounts = home::in_account(spec);
    let (Some(known), None) = (accounts.first(), &superuser.superuser_kms_key) else { return vec![] };
    let arns = home::arns(spec);
    arns.iter()
        .filter(|told| told.kind == Kind::Secret && told.route != Route::to("secret.arn"))
        .filter(|told| told.arn.account != known.arn.account)
        .map(|told| {
            let message = format!(
                "the superuser's secret is in account {}, `{}` is in {}, and there is no `superuser_kms_key`",
                told.arn.account, known.route, known.arn.account
            );
            Diagnostic::at(&CODE, told.route.clone(), message)
                .also(At::Value(known.route.clone()), format!("in account {}", known.arn.account))
                .help("add `superuser_kms_key` with the customer managed key that encrypts it")
        })
        .collect()
}
