//! Findings as text for people: the user's own line, what is wrong with it, what to write instead.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::{At, Diagnostic, Level, Place};

/// Draws findings one after the other, each followed by an empty line.
pub fn human<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(renderer.render(&[group(diagnostic)]).trim_end());
        text.push_str("\n\n");
    }
    text
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.code.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(sentence(&diagnostic.message)).id(diagnostic.code.name));
    match &diagnostic.at {
        At::Place(place) if line(place).len() > LONGEST_LINE => {
            let origin = Origin::path(printable(&place.file.path)).line(place.start.0).char_column(place.start.1 + 1);
            group = group.element(origin);
        }
        At::Place(place) => group = group.element(snippet(place, AnnotationKind::Primary, None)),
        At::Path(path) => group = group.element(Origin::path(printable(path))),
        At::Run | At::Value(_) | At::Key(_) => {}
    }
    for (at, label) in &diagnostic.also {
        if let At::Place(place) = at
            && line(place).len() <= LONGEST_LINE
        {
            group = group.element(snippet(place, AnnotationKind::Context, Some(label)));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Title::HELP.message(sentence(help)));
    }
    group
}

/// Longer lines (a file as one line of JSON) are named, not drawn.
const LONGEST_LINE: usize = 10_000;

/// The place's first line.
fn line(place: &Place) -> &str {
    place.file.text.lines().nth(place.start.0.saturating_sub(1)).unwrap_or("")
}

/// The first line of the place: a map's or list's further lines would say nothing more.
fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'a String>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let line = line(place);
    let end = if place.end.0 == place.start.0 { place.end.1 } else { usize::MAX };
    Snippet::source(line)
        .line_start(place.start.0)
        .path(printable(&place.file.path))
        .annotation(kind.span(bytes(line, place.start.1, end)).label(label.map(|label| printable(label))))
}

/// Columns counted in characters, as a range of bytes; never empty where the line has something to show.
fn bytes(line: &str, start: usize, end: usize) -> Range<usize> {
    let offset = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(offset, _)| offset);
    let start_byte = offset(start);
    let end_byte = line.trim_end().len().min(offset(end.max(start + 1))).max(start_byte);
    start_byte..end_byte
}

/// A sentence that may quote the user: of a quotation that nobody reads to its end, both ends are left.
fn sentence(text: &str) -> String {
    const START: usize = 400;
    const END: usize = 200;
    let length = text.chars().count();
    if length <= START + END {
        return printable(text);
    }
    let (start, end): (String, String) =
        (text.chars().take(START).collect(), text.chars().skip(length - END).collect());
    format!("{} … {}", printable(&start), printable(&end))
}

/// The text with control characters spelled out, so that a name in a message cannot move the cursor.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            // Controls, and the marks that reorder text on a terminal (Unicode TR 36).
            c if c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                out.extend(c.escape_default());
            }
            c => out.push(c),
        }
    }
    out
}
