//! A function runs somewhere.

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "placement-missing",
    level: Level::Error,
    summary: "the spec does not say where the function runs",
    explanation: "Most databases are reachable only from inside their VPC, so the function must run there and needs a \
        way to Secrets Manager from there. There is no default: the wrong place makes every rotation time out.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let spec = subject.spec;
    if spec.strategy.is_managed() || spec.placement.is_some() {
        return vec![];
    }
    vec![
        Diagnostic::new(&CODE, At::Key(Route::to("strategy")), "there is no `placement`: where does the function run?").help(
            "add `placement: { vpc: vpc-..., subnets: [subnet-...], egress: vpc-endpoint }`, or `placement: public` for a \
             database that the internet reaches",
        ),
    ]
}
