//! Prints a Terraform file exactly as `terraform fmt` leaves it.

use super::document::{Block, Body, Expression, Part, Piece, Structure, pieces};
use crate::target::cloudformation::document::{comment_lines, is_unseen};

/// A line that would be longer is broken where it can be.
const COLUMNS: usize = 80;

/// The file as HCL with a final newline.
pub fn print(body: &Body) -> String {
    let mut out = String::new();
    write_body(&mut out, body, 0);
    out
}

/// The expression on one line.
pub(super) fn inline(expression: &Expression) -> String {
    let list = |elements: &[Expression]| elements.iter().map(inline).collect::<Vec<_>>().join(", ");
    match expression {
        Expression::Null => "null".to_owned(),
        Expression::Boolean(boolean) => boolean.to_string(),
        Expression::Integer(integer) => integer.to_string(),
        Expression::Text(text) => quoted(text),
        Expression::Template(parts) => template(parts),
        Expression::Traversal(reference) => reference.clone(),
        Expression::List(elements) => format!("[{}]", list(elements)),
        Expression::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Expression::Map(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Expression::Call(function, arguments) => format!("{function}({})", list(arguments)),
        Expression::Index(of, at) => format!("{}[{}]", inline(of), inline(at)),
    }
}

/// What the line above is, which decides whether a blank one goes between.
#[derive(Clone, Copy)]
enum Above {
    Nothing,
    Attribute,
    Comment,
    /// A blank line was asked for, or a block or a banner ends here, so that one is due.
    BlankDue,
}

fn write_body(out: &mut String, body: &Body, indent: usize) {
    let mut above = Above::Nothing;
    let mut attributes = Vec::new();
    for structure in &body.0 {
        if matches!(structure, Structure::Comment(text) if text.trim().is_empty()) {
            continue;
        }
        let blank_line = match (above, structure) {
            (Above::Nothing, _) | (_, Structure::Blank) => false,
            (Above::BlankDue, _) | (_, Structure::Banner(_)) => true,
            (Above::Attribute, Structure::Block(_)) => true,
            (Above::Attribute | Above::Comment, _) => false,
        };
        if blank_line || !matches!(structure, Structure::Attribute { .. }) {
            write_attributes(out, &mut attributes, indent);
        }
        if blank_line {
            out.push('\n');
        }
        above = match structure {
            Structure::Attribute { name, value } => {
                attributes.push((name.clone(), lay_out(value, indent, indent + name.chars().count() + 3)));
                Above::Attribute
            }
            Structure::Block(block) => {
                write_block(out, block, indent);
                Above::BlankDue
            }
            Structure::Comment(text) => {
                write_comment(out, text, indent);
                Above::Comment
            }
            Structure::Banner(title) => {
                let rule = "#".repeat(80);
                push_spaces(out, indent);
                out.extend([&rule, "\n"]);
                write_comment(out, title, indent);
                push_spaces(out, indent);
                out.extend([&rule, "\n"]);
                Above::BlankDue
            }
            Structure::Blank if matches!(above, Above::Nothing) => Above::Nothing,
            Structure::Blank => Above::BlankDue,
        };
    }
    write_attributes(out, &mut attributes, indent);
}

fn write_block(out: &mut String, block: &Block, indent: usize) {
    if let Some(comment) = &block.comment {
        write_comment(out, comment, indent);
    }
    push_spaces(out, indent);
    out.push_str(&block.kind);
    for label in &block.labels {
        out.extend([" ", &quoted(label)]);
    }
    let mut body = String::new();
    write_body(&mut body, &block.body, indent + 2);
    if body.is_empty() {
        out.push_str(" {}\n");
        return;
    }
    out.extend([" {\n", &body]);
    push_spaces(out, indent);
    out.push_str("}\n");
}

fn write_comment(out: &mut String, text: &str, indent: usize) {
    for line in comment_lines(text, indent) {
        push_spaces(out, indent);
        out.extend([&line, "\n"]);
    }
}

/// Writes names and values, with the `=` aligned within each run of values that take one line, and forgets them.
fn write_attributes(out: &mut String, attributes: &mut Vec<(String, String)>, indent: usize) {
    for run in attributes.chunk_by(|(_, one), (_, next)| !one.contains('\n') && !next.contains('\n')) {
        let widest = run.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in run {
            push_spaces(out, indent);
            out.push_str(name);
            push_spaces(out, widest - name.chars().count());
            out.extend([" = ", value, "\n"]);
        }
    }
    attributes.clear();
}

/// The expression on as many lines as it takes, for a line at this indent on which `column` columns are taken.
fn lay_out(expression: &Expression, indent: usize, column: usize) -> String {
    let line = inline(expression);
    let fits = column + line.chars().count() <= COLUMNS;
    match expression {
        Expression::List(elements) => match elements.as_slice() {
            [] => line,
            [only] if fits && !spreads(only) => line,
            _ => lines_between("[", elements, "]", indent),
        },
        Expression::Map(entries) if !entries.is_empty() => {
            let inner = indent + 2;
            let mut entries = entries
                .iter()
                .map(|(name, value)| {
                    let name = key(name);
                    let value = lay_out(value, inner, inner + name.chars().count() + 3);
                    (name, value)
                })
                .collect();
            let mut out = String::from("{\n");
            write_attributes(&mut out, &mut entries, inner);
            push_spaces(&mut out, indent);
            out.push('}');
            out
        }
        Expression::Call(function, arguments) => match arguments.split_last() {
            Some((last, others)) if !fits || arguments.iter().any(spreads) => {
                let head: String = others.iter().map(|other| format!("{}, ", inline(other))).collect();
                let head = format!("{function}({head}");
                let width = column + head.chars().count();
                // `terraform fmt` would align by an `=` that stands before the open bracket.
                let head_fits = width < COLUMNS && !head.contains('=') && !others.iter().any(spreads);
                match others.is_empty() || head_fits && is_collection(last) {
                    true => format!("{head}{})", lay_out(last, indent, width)),
                    false => lines_between(&format!("{function}("), arguments, ")", indent),
                }
            }
            _ => line,
        },
        Expression::Template(parts) => match pieces(parts).as_slice() {
            [Piece::Expression(only)] => lay_out(only, indent, column),
            _ => line,
        },
        _ => line,
    }
}

/// Whether an expression may open its bracket at the end of a line and close it on a line of its own.
fn is_collection(expression: &Expression) -> bool {
    matches!(expression, Expression::List(_) | Expression::Map(_))
}

/// Whether an expression within another takes lines of its own, however short it is: several keys are read one a line.
fn spreads(expression: &Expression) -> bool {
    match expression {
        Expression::Map(entries) => entries.len() > 1 || entries.iter().any(|(_, value)| spreads(value)),
        Expression::List(elements) | Expression::Call(_, elements) => elements.iter().any(spreads),
        _ => false,
    }
}

fn lines_between(open: &str, elements: &[Expression], close: &str, indent: usize) -> String {
    let inner = indent + 2;
    let mut out = format!("{open}\n");
    for element in elements {
        push_spaces(&mut out, inner);
        out.extend([&lay_out(element, inner, inner), ",\n"]);
    }
    push_spaces(&mut out, indent);
    out.push_str(close);
    out
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// A key of a map, whose characters are one column each: `terraform fmt` aligns by what a reader sees as one character.
fn key(name: &str) -> String {
    const KEYWORDS: [&str; 6] = ["null", "true", "false", "for", "in", "if"];
    let identifier = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name);
    if identifier { name.to_owned() } else { format!("\"{}\"", escaped(name, |c| !is_one_column(c))) }
}

/// Latin, Greek, Cyrillic, kana, Chinese and Hangul letters that never join with their neighbours.
fn is_one_column(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{52F}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// Text that holds no expression.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, is_unseen))
}

fn template(parts: &[Part]) -> String {
    let pieces = pieces(parts);
    if let [Piece::Expression(only)] = pieces.as_slice() {
        return inline(only);
    }
    let mut out = String::from("\"");
    for (position, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) if position + 1 < pieces.len() => {
                // A `$` right before an expression would escape it.
                let literal = text.trim_end_matches('$');
                out.push_str(&escaped(literal, is_unseen));
                if literal.len() < text.len() {
                    out.push_str(&format!("${{{}}}", quoted(&text[literal.len()..])));
                }
            }
            Piece::Text(text) => out.push_str(&escaped(text, is_unseen)),
            Piece::Expression(expression) => out.push_str(&format!("${{{}}}", inline(expression))),
        }
    }
    out.push('"');
    out
}

/// Text as it stands between quotes, with the characters that are to be hidden as escapes.
fn escaped(text: &str, hidden: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if rest.as_str().starts_with('{') => out.extend([c, c]),
            c if !hidden(c) => out.push(c),
            c => match u32::from(c) {
                code @ ..=0xFFFF => out.push_str(&format!("\\u{code:04X}")),
                code => out.push_str(&format!("\\U{code:08X}")),
            },
        }
    }
    out
}
