//! Standard output and standard error. A reader that goes away (`| head`) is no error.

use std::io::{self, IsTerminal, Write};

use crate::diagnostic::{Diagnostic, render};

/// More findings than anybody reads are counted, not drawn.
const MOST: usize = 200;

/// Where a run prints.
pub struct Output {
    colour: bool,
}

impl Output {
    /// Standard output and error of this process.
    pub fn new() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { colour: wanted && io::stderr().is_terminal() }
    }

    /// Prints a result, with a line break.
    pub fn line(&self, text: &str) {
        self.text(&format!("{text}\n"));
    }

    /// Prints a result as it is.
    pub fn text(&self, text: &str) {
        let mut stream = io::stdout().lock();
        // Whoever no longer reads no longer wants to know.
        let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    }

    /// Prints findings and how many there were.
    pub fn findings(&self, found: &[Diagnostic]) {
        if found.is_empty() {
            return;
        }
        let errors = found.iter().filter(|finding| finding.is_error()).count();
        let count = |number: usize, what: &str| match number {
            0 => None,
            1 => Some(format!("1 {what}")),
            _ => Some(format!("{number} {what}s")),
        };
        let counts: Vec<String> =
            [count(errors, "error"), count(found.len() - errors, "warning")].into_iter().flatten().collect();
        let mut drawn: Vec<&Diagnostic> = found.iter().collect();
        let mut more = String::new();
        if drawn.len() > MOST {
            drawn.sort_by_key(|finding| !finding.is_error());
            drawn.truncate(MOST);
            more = format!("; the first {MOST} are shown");
        }
        let mut stream = io::stderr().lock();
        let text = render::human(drawn, self.colour);
        let _ = stream.write_all(text.as_bytes()).and_then(|()| writeln!(stream, "{}{more}", counts.join(", ")));
    }
}
