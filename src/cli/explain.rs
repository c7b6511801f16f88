//! `rotaform explain`: a code in full, or the plan of a spec.

use std::path::Path;

use super::output::Output;
use super::{Ending, run};
use crate::diagnostic::{At, Code, Diagnostic, Level, nearest};
use crate::plan::plan;
use crate::target::{cloudformation, terraform};
use crate::{bundle, check, spec};

static UNKNOWN: Code = Code {
    name: "code-unknown",
    level: Level::Error,
    summary: "there is no such code, and no such file",
    explanation: "`rotaform explain` takes the code of a finding, as it stands in brackets in the finding's first line, or the path of a spec.",
};

/// Runs the command.
pub fn run(what: &str, output: &Output) -> Ending {
    let codes: Vec<&'static Code> = check::codes()
        .chain(spec::CODES.iter().copied())
        .chain(bundle::CODES.iter().copied())
        .chain(crate::target::overrides::CODES.iter().copied())
        .chain(crate::package::CODES.iter().copied())
        .chain([&UNKNOWN, &super::new::UNKNOWN])
        .collect();
    if let Some(code) = codes.iter().find(|code| code.name == what) {
        let level = if code.level == Level::Error { "error" } else { "warning" };
        output.line(&format!("{level}[{}]: {}\n\n{}", code.name, code.summary, wrapped(code.explanation)));
        return Ending::Fine;
    }
    if what == "-" || Path::new(what).exists() {
        return plans(Path::new(what), output);
    }
    let mut finding = Diagnostic::new(&UNKNOWN, At::Run, format!("`{what}` is neither a code nor a file"));
    if let Some(near) = nearest(what, codes.iter().map(|code| code.name)) {
        finding = finding.help(format!("did you mean `{near}`?"));
    }
    output.findings(&[finding]);
    Ending::Refused
}

/// Each resource of each spec: what, which key asked for it, why.
fn plans(path: &Path, output: &Output) -> Ending {
    let (accepted, found) = run::checked(path);
    output.findings(&found);
    for checked in &accepted {
        let plan = plan(checked);
        output.line(&format!("{}: {}\n", plan.name, plan.description));
        for planned in &plan.resources {
            let (id, address) = (cloudformation::logical_id(&planned.id), terraform::address(planned));
            output.line(&format!("{id}  ({address}, asked for by `{}`)\n    {}", planned.origin, planned.purpose));
        }
        output.line("");
    }
    if found.iter().any(Diagnostic::is_error) { Ending::Refused } else { Ending::Fine }
}

fn wrapped(text: &str) -> String {
    const WIDTH: usize = 80;
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}
