//! Prints a template as YAML that reads well and that every reader of YAML 1.1 and 1.2 reads back the same.

use super::document::{Item, Map, Value, comment_lines, is_unseen};

/// The template as YAML with a final newline.
pub fn print(template: &Map) -> String {
    let mut out = String::new();
    if template.is_empty() {
        out.push_str("{}\n");
    }
    write_map(&mut out, template, 0, false);
    out
}

/// How a value is laid out after its key or its dash.
enum Layout<'v> {
    /// On the same line.
    Line(String),
    /// A header on the same line, then the text's own lines.
    Literal(String, &'v str),
    /// Entries on lines of their own.
    Map(&'v Map),
    /// Elements on lines of their own.
    List(&'v [Item]),
    /// A function's tag on the same line, then its arguments on lines of their own.
    Tagged(&'static str, [Item; 2]),
    /// A function in its long form: a node takes one tag, and the argument has its own.
    Long(&'static str, &'v Value),
}

fn layout(value: &Value) -> Layout<'_> {
    match value {
        Value::Boolean(boolean) => Layout::Line(boolean.to_string()),
        Value::Integer(integer) => Layout::Line(integer.to_string()),
        Value::Text(text) => text_layout("", text),
        Value::List(items) if items.is_empty() => Layout::Line("[]".to_owned()),
        Value::List(items) => Layout::List(items),
        Value::Map(map) if map.is_empty() => Layout::Line("{}".to_owned()),
        Value::Map(map) => Layout::Map(map),
        Value::Ref(name) => Layout::Line(format!("!Ref {}", scalar(name))),
        Value::GetAtt(id, attribute) => Layout::Line(format!("!GetAtt {}", scalar(&format!("{id}.{attribute}")))),
        Value::Sub(text) => text_layout("!Sub ", text),
        Value::SubWith(text, values) => {
            let values = values.iter().fold(Map::new(), |map, (name, value)| map.with(name, value.clone()));
            Layout::Tagged("!Sub", [Item::new(text.as_str()), Item::new(values)])
        }
        Value::ImportValue(name) => match &**name {
            Value::Text(name) => Layout::Line(format!("!ImportValue {}", scalar(name))),
            name => Layout::Long("Fn::ImportValue", name),
        },
        Value::Select(index, list) => match flow(list) {
            Some(list) => Layout::Line(format!("!Select [{index}, {list}]")),
            None => Layout::Tagged("!Select", [Item::new(i64::from(*index)), Item::new((**list).clone())]),
        },
        Value::Split(delimiter, text) => match flow(text) {
            Some(text) => Layout::Line(format!("!Split [{}, {text}]", flow_scalar(delimiter))),
            None => Layout::Tagged("!Split", [Item::new(delimiter.as_str()), Item::new((**text).clone())]),
        },
    }
}

/// The value as it stands within brackets, if it can.
fn flow(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(flow_scalar(text)),
        Value::Ref(name) => Some(format!("!Ref {}", flow_scalar(name))),
        Value::GetAtt(id, attribute) => Some(format!("!GetAtt {}", flow_scalar(&format!("{id}.{attribute}")))),
        Value::Sub(text) => Some(format!("!Sub {}", flow_scalar(text))),
        Value::List(items) => {
            let items: Option<Vec<_>> =
                items.iter().map(|item| if item.comment.is_none() { flow(&item.value) } else { None }).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::ImportValue(name) => match &**name {
            Value::Text(name) => Some(format!("!ImportValue {}", flow_scalar(name))),
            _ => None,
        },
        Value::Boolean(_) | Value::Integer(_) | Value::Select(..) | Value::Split(..) => match layout(value) {
            Layout::Line(line) => Some(line),
            _ => None,
        },
        Value::Map(_) | Value::SubWith(..) => None,
    }
}

fn write_map(out: &mut String, map: &Map, indent: usize, after_dash: bool) {
    for (position, entry) in map.0.iter().enumerate() {
        let on_line_of_dash = after_dash && position == 0;
        if entry.blank_before && position > 0 {
            out.push('\n');
        }
        if !on_line_of_dash {
            write_comment(out, entry.comment.as_deref(), indent);
            push_spaces(out, indent);
        }
        out.push_str(&scalar(&entry.key));
        out.push(':');
        write_value(out, &entry.value, indent, false);
    }
}

fn write_list(out: &mut String, items: &[Item], indent: usize, after_dash: bool) {
    for (position, item) in items.iter().enumerate() {
        if !(after_dash && position == 0) {
            write_item_comments(out, item, indent);
            push_spaces(out, indent);
        }
        out.push_str("- ");
        write_value(out, &item.value, indent, true);
    }
}

/// Writes what follows a key or a dash that stands at `indent`.
fn write_value(out: &mut String, value: &Value, indent: usize, after_dash: bool) {
    let inner = indent + 2;
    let (space, line_end) = if after_dash { ("", "") } else { (" ", "\n") };
    match layout(value) {
        Layout::Line(line) => {
            out.extend([space, &line, "\n"]);
        }
        Layout::Literal(header, text) => {
            out.extend([space, &header, "\n"]);
            for line in text.lines() {
                if !line.is_empty() {
                    push_spaces(out, inner);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        Layout::Map(map) => {
            out.push_str(line_end);
            write_map(out, map, inner, after_dash);
        }
        Layout::List(items) => {
            out.push_str(line_end);
            write_list(out, items, inner, after_dash);
        }
        Layout::Tagged(tag, arguments) => {
            out.extend([space, tag, "\n"]);
            write_list(out, &arguments, inner, false);
        }
        Layout::Long(function, argument) => {
            out.push_str(line_end);
            if !after_dash {
                push_spaces(out, inner);
            }
            out.extend([function, ":"]);
            write_value(out, argument, inner, false);
        }
    }
}

/// Writes an element's comment, and those of whatever shares the line with its dash.
fn write_item_comments(out: &mut String, item: &Item, indent: usize) {
    write_comment(out, item.comment.as_deref(), indent);
    match &item.value {
        Value::Map(Map(entries)) => {
            if let Some(first) = entries.first() {
                write_comment(out, first.comment.as_deref(), indent);
            }
        }
        Value::List(items) => {
            if let Some(first) = items.first() {
                write_item_comments(out, first, indent);
            }
        }
        _ => {}
    }
}

fn write_comment(out: &mut String, comment: Option<&str>, indent: usize) {
    for line in comment.into_iter().flat_map(|comment| comment_lines(comment, indent)) {
        push_spaces(out, indent);
        out.extend([&line, "\n"]);
    }
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

fn text_layout<'v>(tag: &str, text: &'v str) -> Layout<'v> {
    match literal_header(text) {
        Some(header) => Layout::Literal(format!("{tag}{header}"), text),
        None => Layout::Line(format!("{tag}{}", scalar(text))),
    }
}

/// The header of a literal block that holds exactly this text, if one does without an indentation indicator.
fn literal_header(text: &str) -> Option<&'static str> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let plain_lines = body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n'])
        && body.lines().all(|line| !line.ends_with(' '))
        && !body.chars().any(|c| c != '\n' && is_unseen(c));
    plain_lines.then_some(if body.len() < text.len() { "|" } else { "|-" })
}

/// Text on one line, outside brackets.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Text on one line, within brackets.
fn flow_scalar(text: &str) -> String {
    if is_plain(text) && !text.contains(['[', ']', '{', '}', ',', ':', '#', '?']) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    if !text.contains(is_unseen) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if !is_unseen(c) => out.push(c),
            c => match u32::from(c) {
                code @ ..=0xFF => out.push_str(&format!("\\x{code:02X}")),
                code @ ..=0xFFFF => out.push_str(&format!("\\u{code:04X}")),
                code => out.push_str(&format!("\\U{code:08X}")),
            },
        }
    }
    out.push('"');
    out
}

/// Whether text may stand without quotes: no reader takes it for anything but this text.
///
/// Rather too strict than too lax: the readers disagree, and quotes are never wrong.
fn is_plain(text: &str) -> bool {
    let starts_plainly =
        text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '$')) || text.starts_with("./");
    starts_plainly
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(is_unseen)
        && !is_word_of_yaml(text)
        && !looks_like_number_or_date(text)
}

/// Words that some reader takes for a boolean, a null or a number.
fn is_word_of_yaml(text: &str) -> bool {
    const WORDS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Only what numbers, dates, times and hexadecimals are made of: `23:59`, `2010-09-09`, `1_000`, `0x1F`, `1e3`, `e3`.
fn looks_like_number_or_date(text: &str) -> bool {
    const SIGNS: &str = "xXoOtTzZ_+-.,: ";
    match text.strip_prefix(['e', 'E']) {
        Some(exponent) => exponent.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '+' | '-' | '.')),
        None => {
            text.starts_with(|c: char| c.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_hexdigit() || SIGNS.contains(c))
        }
    }
}
