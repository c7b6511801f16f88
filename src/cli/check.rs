//! `rotaform check`: the gate in CI.

use super::output::Output;
use super::{Check, Ending, run};
use crate::bundle::{self, Change};
use crate::diagnostic::Diagnostic;

/// Runs the command.
pub fn run(check: &Check, output: &Output) -> Ending {
    let files = match run::accepted(&check.specs, output) {
        Ok(files) => files,
        Err(ending) => return ending,
    };
    let mut ending = Ending::Fine;
    for path in files {
        for checked in run::checked(&path).0 {
            let bundle = bundle::bundle(&checked, check.specs.choice());
            match bundle::compare(&bundle, &check.specs.out) {
                Ok(changes) if changes.is_empty() => {}
                Ok(changes) => {
                    differs(&changes, &bundle.name, output);
                    ending = Ending::OutOfDate;
                }
                Err(finding) => {
                    output.findings(&[finding] as &[Diagnostic]);
                    return Ending::Refused;
                }
            }
        }
    }
    ending
}

fn differs(changes: &[Change], name: &str, output: &Output) {
    for change in changes {
        output.text(&change.diff());
    }
    let edited = changes.iter().filter(|change| change.edited).count();
    let stale = changes.len() - edited;
    output.line(&format!(
        "{name} is out of date: {stale} stale, {edited} edited by hand; `rotaform synth` writes it anew"
    ));
}
