//! One subnet is one zone (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC").

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "subnet-alone",
    level: Level::Warning,
    summary: "the function runs in one zone only",
    explanation: "A subnet lies in one availability zone. While that zone is out of order no rotation happens, and an \
        endpoint in it does not answer. AWS advises two subnets in different zones; the second costs nothing for the \
        function itself.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match subject.vpc() {
        Some(vpc) if vpc.subnets.len() == 1 => vec![
            Diagnostic::at(&CODE, Route::to("placement.subnets"), "one subnet is one zone: when it fails, nothing rotates")
                .help("add a subnet in a second zone"),
        ],
        _ => vec![],
    }
}
