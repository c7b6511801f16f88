//! Names of exports (CloudFormation user guide, "Outputs": letters, digits, colons and hyphens).

use super::Subject;
use super::values;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::spec::Value;

pub static CODE: Code = Code {
    name: "import-name-invalid",
    level: Level::Error,
    summary: "the text is not the name of an export",
    explanation: "The export of another stack is named by letters, digits, colons and hyphens, at most 255 of them. \
        `aws cloudformation list-exports` lists them.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::all(subject.spec)
        .into_iter()
        .filter_map(|placed| {
            let Value::Import(import) = placed.value else { return None };
            let name = import.import.as_str();
            let fits = (1..=255).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':' || byte == b'-');
            (!fits).then(|| {
                Diagnostic::at(&CODE, placed.route.key("import"), format!("`{name}` is not the name of an export"))
                    .help("write letters, digits, colons and hyphens, as `aws cloudformation list-exports` prints it")
            })
        })
        .collect()
}
