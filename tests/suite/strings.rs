//! Any text in any place of a spec is refused with a code, or comes out of both targets as it went in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use proptest::prelude::*;
use rotaform::bundle::{self, Choice};
use rotaform::check;
use rotaform::spec::{self, Shipped};
use rotaform::target::Format;
use serde_json::{Value as Json, json};

use crate::readers::{difference, read, unfold};
use crate::scratch::{SPEC, set};

/// A word that stands nowhere else, of a form that every place accepts.
const PLAIN: &str = "qplainq";

/// Places that take any text, or nearly any.
const PLACES: &[(&str, &str)] = &[
    ("/description", ""),
    ("/tags/team", ""),
    ("/secret/description", ""),
    ("/secret/username", ""),
    ("/secret/extra/note", ""),
    ("/database/dbname", ""),
    ("/database/instance/description", "/database/instance/parameter"),
    ("/database/instance/default", "/database/instance/parameter"),
    ("/database/security_group/description", "/database/security_group/parameter"),
    ("/database/instance", ""),
    ("/database/host", ""),
    ("/function/source/s3/key", "/function/source/s3/bucket/parameter"),
    ("/function/source/s3/version", "/function/source/s3/key/parameter"),
    ("/function/source/image", ""),
    ("/function/handler", ""),
    ("/function/permissions_boundary", ""),
    ("/operators/trigger/0", ""),
    ("/alerts/email/0", ""),
    ("/overrides/cloudformation/RotationFunction/Description", ""),
    ("/overrides/terraform/aws_lambda_function.rotation/description", ""),
    ("/overrides/terraform/aws_lambda_function.rotation/environment/variables/NOTE", ""),
];

/// Places of names, after which something of the output is named too.
const NAMES: &[(&str, &str)] = &[
    ("/database/instance/ssm", ""),
    ("/database/instance/import", ""),
    ("/placement/vpc/import", ""),
    ("/database/security_group/ssm", ""),
    ("/secret/kms_key/import", ""),
];

#[rustfmt::skip]
const HOSTILE: &[&str] = &[
    "", " ", "on", "Off", "yes", "n", "true", "null", "~", "nan", ".inf", "=", "<<", "23:59", "2010-09-09", "1_000",
    "0x1F", "017", "1e3", "-", "- a", "---", "? a", ": a", "a: b", "a #b", "*", "!Ref a", "&a", "%a", "@a", "`a`", "`",
    "``", "|", "a | b", "\\|", ">", "[a]", "{a}", "'a'", "\"a\"", "\"", "it's", "{{resolve:secretsmanager:a}}",
    "{{resolve:", "{{", "a ", "\n", "a\nb", "a\r\nb", "\t", "\u{0}", "\u{1b}[0m", "\u{7f}", "\u{85}", "\u{2028}",
    "\u{202e}", "\u{feff}", "\u{fffe}", "🔑", "👩‍👩‍👧", "e\u{301}", "日本語", "${", "${a}", "${AWS::AccountId}", "$${a}", "%{",
    "%{ if a }", "%%{a}", "$", "$$", "%", "$%{", "${!a}", "\\", "\\n", "\\\"", "\\${a}", "</script>", "<!--", "-->",
    "<{ name }>", "<% raw %>", "<#", "](x)", "![a](b)", "# a", "/* a */", "//", "EOT", "$(id)", "; DROP", "a=b&c", "../a",
    "\"}", "\",\"a\":\"b", "{\"a\":1}", "arn:aws:iam::111122223333:role/a", "a@example.com",
];

fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(HOSTILE).prop_map(str::to_owned);
    prop_oneof![
        6 => hostile.clone(),
        3 => prop::collection::vec(hostile, 2..4).prop_map(|parts| parts.concat()),
        3 => "[$%{}\"\\\\' :#\n\\-ab01_.`|<>]{0,12}",
        1 => prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
        1 => (prop::sample::select(HOSTILE), 1..200usize).prop_map(|(text, times)| text.repeat(times)),
        1 => "[a-z${\\\\ ]{4096}",
    ]
}

/// JSON that YAML reads as what it is: some line breaks of YAML are none of JSON.
fn yaml(spec: &Json) -> String {
    let escaped = |character| match character {
        '\u{20}'..'\u{7f}' => String::from(character),
        other => format!("\\U{:08x}", u32::from(other)),
    };
    spec.to_string().chars().map(escaped).collect()
}

/// The bundle of a spec with a text at one of the places, unless it is refused.
fn compile(place: &(&str, &str), text: &str, format: Format, folder: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut spec: Json = serde_json::from_str(SPEC).unwrap();
    let (pointer, beside) = *place;
    if !beside.is_empty() {
        set(&mut spec, beside, json!("Beside"));
    }
    if pointer.contains("/s3/version") {
        set(&mut spec, "/function/source/s3/bucket/parameter", json!("Bucket"));
    }
    if pointer == "/database/host" {
        spec["database"].as_object_mut().unwrap().remove("instance");
    }
    if pointer.starts_with("/alerts") {
        set(&mut spec, "/alerts/topic", json!("create"));
    }
    match pointer.strip_suffix("/0") {
        Some(list) => set(&mut spec, list, json!([text])),
        None => set(&mut spec, pointer, json!(text)),
    }
    let path = folder.join("spec.yaml");
    fs::write(&path, yaml(&spec)).unwrap();
    let found = match compile_file(&path, format) {
        Ok(files) => return Some(files),
        Err(found) => found,
    };
    assert!(!found.is_empty(), "refused without a word");
    None
}

fn compile_file(path: &Path, format: Format) -> Result<BTreeMap<String, Vec<u8>>, Vec<&'static str>> {
    let codes = |found: Vec<rotaform::diagnostic::Diagnostic>| -> Vec<&'static str> {
        found.iter().filter(|finding| finding.is_error()).map(|finding| finding.code.name).collect()
    };
    let document = spec::documents(path).map_err(codes)?.remove(0);
    let spec = spec::read(&document).map_err(codes)?;
    let shipped = Shipped::read(&spec, &document).map_err(codes)?;
    let (checked, found) = check::check(spec, shipped);
    let checked = checked.ok_or_else(|| codes(found))?;
    Ok(bundle::bundle(&checked, Choice { format, ..Choice::default() }).files)
}

/// What comes of a text without any danger.
struct Plain {
    documents: BTreeMap<String, Json>,
    layout: Vec<(usize, bool)>,
}

/// The same for every text at a place, so it is made once.
fn plain(place: (&'static str, &str), as_json: bool, folder: &Path) -> Option<&'static Plain> {
    static MADE: Mutex<BTreeMap<(&str, bool), Option<&'static Plain>>> = Mutex::new(BTreeMap::new());
    let format = if as_json { Format::Json } else { Format::Native };
    *MADE.lock().unwrap().entry((place.0, as_json)).or_insert_with(|| {
        let files = compile(&place, PLAIN, format, folder)?;
        Some(Box::leak(Box::new(Plain { documents: read(&files), layout: layout(readme(&files)) })))
    })
}

/// `PROPTEST_CASES` asks for more.
fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").map_or(120, |cases| cases.parse().unwrap());
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// What is read, with one text in the place of another.
fn replaced(value: &Json, from: &str, to: &str) -> Json {
    match value {
        Json::String(text) => json!(text.replace(from, to)),
        Json::Array(items) => items.iter().map(|item| replaced(item, from, to)).collect(),
        Json::Object(pairs) => {
            pairs.iter().map(|(key, value)| (key.replace(from, to), replaced(value, from, to))).collect()
        }
        plain => plain.clone(),
    }
}

fn readme(files: &BTreeMap<String, Vec<u8>>) -> &str {
    std::str::from_utf8(&files["README.md"]).unwrap()
}

/// How many cells each line has, and whether it is a heading; lines inside of a code block have neither.
fn layout(readme: &str) -> Vec<(usize, bool)> {
    let mut in_code = false;
    let lines = readme.lines().map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        if in_code || is_fence {
            return (0, false);
        }
        assert_code_is_closed(line);
        let columns = if line.starts_with("| ") { cells(line) } else { 0 };
        (columns, line.starts_with('#'))
    });
    lines.collect()
}

/// Code spans: a run of backticks up to the next run of the same length (CommonMark 6.1).
fn assert_code_is_closed(line: &str) {
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        if rest[..start].chars().rev().take_while(|c| *c == '\\').count() % 2 == 1 {
            rest = &rest[start + 1..];
            continue;
        }
        let run = rest[start..].chars().take_while(|c| *c == '`').count();
        let after = &rest[start + run..];
        let mut end = None;
        let mut from = 0;
        while let Some(next) = after[from..].find('`').map(|next| next + from) {
            let length = after[next..].chars().take_while(|c| *c == '`').count();
            if length == run {
                end = Some(next + length);
                break;
            }
            from = next + length;
        }
        rest = &after[end.unwrap_or_else(|| panic!("a code span is open: {line}"))..];
    }
}

fn cells(line: &str) -> usize {
    let mut cells = 0;
    let mut escaped = false;
    for character in line.chars() {
        cells += usize::from(character == '|' && !escaped);
        escaped = character == '\\';
    }
    cells
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_text_is_refused_or_comes_out_as_it_went_in(
        place in prop::sample::select(PLACES), text in text(), as_json in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let format = if as_json { Format::Json } else { Format::Native };
        if let Some(files) = compile(&place, &text, format, folder.path()) {
            // Places with a form of their own let no other text in, so nothing hostile comes through.
            let Some(plain) = plain(place, as_json, folder.path()) else { return Ok(()) };
            let (found, expected) = (read(&files), &plain.documents);
            for (path, document) in expected {
                let difference = difference(&found[path], &unfold(replaced(document, PLAIN, &text)));
                prop_assert_eq!(difference, None, "{} with {:?} at {}", path, text, place.0);
            }
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(layout(readme(&files)), plain.layout.as_slice(), "{:?} at {}\n{}", text, place.0, readme(&files));
        }
    }

    #[test]
    fn a_name_is_refused_or_comes_out_as_it_went_in(
        place in prop::sample::select(NAMES), text in "[a-z/][a-zA-Z0-9/:_. $-]{0,12}", as_json in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let format = if as_json { Format::Json } else { Format::Native };
        if let Some(files) = compile(&place, &text, format, folder.path()) {
            let (templates, modules): (Vec<_>, Vec<_>) =
                read(&files).into_iter().partition(|(path, _)| path.starts_with("cloudformation"));
            for documents in [templates, modules] {
                prop_assert!(documents.iter().any(|(_, document)| holds(document, &text)), "{:?} at {}", text, place.0);
            }
        }
    }

    #[test]
    fn what_a_password_never_holds_is_the_same_everywhere(text in text()) {
        let folder = tempfile::tempdir().unwrap();
        for format in [Format::Native, Format::Json] {
            let place = ("/secret/password/exclude", "");
            let Some(files) = compile(&place, &text, format, folder.path()) else { continue };
            let documents = json!(read(&files)).to_string();
            let sets: Vec<String> = ["ExcludeCharacters", "PASSWORD_EXCLUDE", "exclude_characters"]
                .iter()
                .flat_map(|key| values(&json!(read(&files)), key))
                .collect();
            prop_assert_eq!(sets.len(), 4, "{}", documents);
            prop_assert!(sets.iter().all(|set| *set == sets[0]), "{:?}", sets);
            prop_assert!(text.chars().all(|character| sets[0].contains(character)), "{:?}", sets);
        }
    }
}

/// Whether a document holds just this text somewhere.
fn holds(document: &Json, text: &str) -> bool {
    match document {
        Json::String(found) => found == text,
        Json::Array(items) => items.iter().any(|item| holds(item, text)),
        Json::Object(pairs) => pairs.values().any(|value| holds(value, text)),
        _ => false,
    }
}

/// Every text under a key, wherever it stands; an argument of Terraform is a key with its value.
fn values(document: &Json, key: &str) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    match document {
        Json::Array(items) => match items.as_slice() {
            [Json::String(name), value] if name == key => vec![text(value)],
            _ => items.iter().flat_map(|item| values(item, key)).collect(),
        },
        Json::Object(pairs) => pairs
            .iter()
            .flat_map(|(name, value)| if name == key { vec![text(value)] } else { values(value, key) })
            .collect(),
        _ => Vec::new(),
    }
}
