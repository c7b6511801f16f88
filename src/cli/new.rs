//! `rotaform new`: a spec to start from.

use super::Ending;
use super::output::Output;
use crate::blueprint::STARTERS;
use crate::diagnostic::{At, Code, Diagnostic, Level, nearest};

pub(super) static UNKNOWN: Code = Code {
    name: "blueprint-unknown",
    level: Level::Error,
    summary: "there is no such starter spec",
    explanation: "`rotaform new` without a name lists the starter specs.",
};

/// Runs the command.
pub fn run(blueprint: Option<&str>, output: &Output) -> Ending {
    let Some(wanted) = blueprint else {
        for (name, text) in STARTERS {
            let about = text
                .lines()
                .find_map(|line| line.strip_prefix("# ").filter(|line| !line.starts_with("yaml-")))
                .unwrap_or("");
            output.line(&format!("{name:30} {about}"));
        }
        return Ending::Fine;
    };
    match STARTERS.iter().find(|(name, _)| *name == wanted) {
        Some((_, text)) => {
            output.text(text);
            Ending::Fine
        }
        None => {
            let help = match nearest(wanted, STARTERS.iter().map(|(name, _)| *name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`rotaform new` without a name lists them".to_owned(),
            };
            output
                .findings(&[Diagnostic::new(&UNKNOWN, At::Run, format!("there is no starter `{wanted}`")).help(help)]);
            Ending::Refused
        }
    }
}
