//! No text may hold characters that do not show, or that show other text than is there.

use super::{Subject, texts};
use crate::diagnostic::{Code, Diagnostic, Level, render::printable};

pub static CODE: Code = Code {
    name: "text-unprintable",
    level: Level::Error,
    summary: "a text holds a character that does not show",
    explanation: "Line breaks, tabs and other control characters are refused by AWS in most of the places where this \
        text ends up, and can change what a generated file means. Marks that reverse the direction of text make a \
        reviewer read something else than is deployed. Write the text on one line; in YAML, `>-` folds several lines \
        into one without a line break at the end.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    texts::all(subject.spec)
        .into_iter()
        .filter_map(|placed| {
            let hidden = placed.text.chars().find(|&character| is_hidden(character))?;
            let (what, help) = match hidden {
                '\n' | '\r' => {
                    ("a line break".to_owned(), "write it on one line, or with `>-`, which folds lines into one")
                }
                '\t' => ("a tab".to_owned(), "write spaces instead"),
                other => (
                    format!("the character {}, which does not show", printable(&other.escape_unicode().to_string())),
                    "remove it; it may have come along when the text was copied",
                ),
            };
            Some(Diagnostic::new(&CODE, placed.at, format!("{} holds {what}", placed.name)).help(help))
        })
        .collect()
}

/// Control characters, separators of lines, marks that turn the direction of text (Unicode TR 36), and what is no
/// character at all.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(u32::from(character) & 0xffff, 0xfffe | 0xffff)
}
