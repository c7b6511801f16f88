//! Bad specs, each with the exact text that is said about it; good ones, about which nothing may be said.
//!
//! `corpus/refused/CODE.yaml` (or a folder `CODE/`) is a case of `CODE`, and `CODE.txt` holds the text. After a change of
//! wording, `UPDATE=1 cargo test` writes the texts anew: read the diff before you commit it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rotaform::check;
use rotaform::check::run::{Facts, across};
use rotaform::diagnostic::{Diagnostic, render};
use rotaform::spec::{self, Shipped};

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// Everything that is found in the specs below a path, in the order in which a user sees it.
fn findings(path: &Path) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut facts = Vec::new();
    let files = match spec::files(&[path.to_path_buf()]) {
        Ok(files) => files,
        Err(errors) => return errors,
    };
    for file in files {
        let documents = match spec::documents(&file) {
            Ok(documents) => documents,
            Err(errors) => {
                found.extend(errors);
                continue;
            }
        };
        for document in documents {
            let read = spec::read(&document).and_then(|spec| Ok((Shipped::read(&spec, &document)?, spec)));
            match read {
                Ok((shipped, spec)) => {
                    let (checked, warnings) = check::check(spec, shipped);
                    found.extend(document.resolve(warnings));
                    facts.extend(checked.map(|checked| Facts::of(checked.spec(), &document)));
                }
                Err(errors) => found.extend(errors),
            }
        }
    }
    found.extend(across(&facts));
    found
}

/// The text about a path, the same on every machine.
fn text(path: &Path, root: &Path) -> String {
    render::human(&findings(path), false).replace(&format!("{}/", root.display()), "")
}

/// Cases that are too large to keep, or that are nothing at all.
fn made(code: &str, folder: &Path) -> io::Result<Option<PathBuf>> {
    let path = folder.join(format!("{code}.yaml"));
    match code {
        "file-unreadable" => Ok(Some(path)),
        "file-too-large" => {
            fs::write(&path, vec![b'#'; (1 << 20) + 1])?;
            Ok(Some(path))
        }
        "extends-too-deep" => {
            let folder = folder.join(code);
            fs::create_dir_all(&folder)?;
            for number in 0..20 {
                let name = if number == 0 { "name: orders-db\n" } else { "" };
                let text = format!("{name}extends: {}.yaml\n", number + 1);
                fs::write(folder.join(format!("{number}.yaml")), text)?;
            }
            Ok(Some(folder))
        }
        _ => Ok(None),
    }
}

/// The input of a case, and the folder that is not part of its text.
fn case(code: &str, scratch: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let root = corpus("refused");
    if let Some(path) = made(code, scratch)? {
        return Ok((path, scratch.to_path_buf()));
    }
    let file = root.join(format!("{code}.yaml"));
    Ok((if file.exists() { file } else { root.join(code) }, root))
}

#[test]
fn says_exactly_this_about_each_refused_spec() {
    let scratch = tempfile::tempdir().unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for code in check::codes() {
        let (path, root) = case(code.name, scratch.path()).unwrap();
        let text = text(&path, &root);
        let expected = corpus("refused").join(format!("{}.txt", code.name));
        if !findings(&path).iter().any(|found| found.code.name == code.name) {
            wrong.push(format!("{} is not reported for its own case:\n{text}", code.name));
        } else if update {
            fs::write(&expected, &text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!("{} says something else than its text:\n{text}", code.name));
        }
    }
    assert!(wrong.is_empty(), "{}\n(UPDATE=1 writes the texts anew)", wrong.join("\n"));
}

#[test]
fn every_case_belongs_to_a_code() {
    let codes: BTreeSet<&str> = check::codes().map(|code| code.name).collect();
    for entry in fs::read_dir(corpus("refused")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let name = name.trim_end_matches(".yaml").trim_end_matches(".txt");
        assert!(codes.contains(name), "`{name}` is no code");
    }
}

#[test]
fn no_two_codes_share_a_name_and_each_is_explained() {
    let codes: Vec<_> = check::codes().collect();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), codes.len());
    for code in codes {
        let is_kebab = code.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(is_kebab, "{}", code.name);
        assert!(!code.summary.ends_with('.') && !code.summary.is_empty(), "{}: {}", code.name, code.summary);
        assert!(code.explanation.ends_with('.') && !code.explanation.contains("  "), "{}", code.name);
    }
}

#[test]
fn messages_are_one_plain_sentence_with_a_help() {
    let scratch = tempfile::tempdir().unwrap();
    for code in check::codes() {
        for found in findings(&case(code.name, scratch.path()).unwrap().0) {
            let message = &found.message;
            let first = message.chars().next().unwrap();
            let is_name = ["AWS", "CloudFormation", "CloudWatch", "Lambda", "Oracle", "RDS", "Redshift", "Cloud"];
            assert!(!first.is_uppercase() || is_name.iter().any(|name| message.starts_with(name)), "{message}");
            assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
            assert!(found.help.as_ref().is_some_and(|help| !help.is_empty() && !help.ends_with('.')), "{message}");
        }
    }
}

#[test]
fn accepts_every_accepted_spec() {
    let found = findings(&corpus("accepted"));
    let errors: Vec<_> = found.into_iter().filter(Diagnostic::is_error).collect();
    assert!(errors.is_empty(), "{}", render::human(&errors, false));
}

#[test]
fn says_no_more_than_this_about_accepted_specs() {
    let codes: BTreeSet<&str> = findings(&corpus("accepted")).iter().map(|found| found.code.name).collect();
    let expected = BTreeSet::from([
        "directory-missing",
        "endpoint-twice",
        "engine-not-bundled",
        "first-password-unknown",
        "recovery-days-ignored",
        "route-twice",
        "subnet-alone",
    ]);
    assert_eq!(codes, expected);
}

#[test]
fn survives_nasty_input() {
    let bomb: String = ('b'..='i')
        .map(|name| format!("{name}: &{name} [{}]\n", vec![format!("*{}", (name as u8 - 1) as char); 9].join(", ")))
        .collect();
    let nasty: Vec<(&str, Vec<u8>)> = vec![
        ("an empty file", vec![]),
        ("null", b"null".to_vec()),
        ("an empty list", b"[]".to_vec()),
        ("a text", b"\"x\"".to_vec()),
        ("a list", b"- a".to_vec()),
        ("a number", b"42".to_vec()),
        ("an empty map", b"{}".to_vec()),
        ("deep lists", [b'['; 5000].to_vec()),
        ("deep maps", (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>().into_bytes()),
        ("exploding aliases", format!("name: x\na: &a [x, x, x, x, x, x, x, x, x]\n{bomb}").into_bytes()),
        ("an alias of itself", b"name: &a [*a]".to_vec()),
        ("an alias of nothing", b"name: *nothing".to_vec()),
        ("tabs", b"name:\n\tx: 1".to_vec()),
        ("2 MiB", vec![b'x'; 2 << 20]),
        ("Latin-1", b"name: \xe9".to_vec()),
        ("UTF-16", b"\xff\xfen\0a\0m\0e\0".to_vec()),
        ("a byte order mark", "\u{feff}name: 1\n".into()),
        ("Windows line ends", b"version: 1\r\nname: x\r\n".to_vec()),
        ("a key twice", b"name: a\nname: b".to_vec()),
        ("a merge key", b"a: &a { name: x }\n<<: *a\n".to_vec()),
        ("a merge of a text", b"name: x\n<<: text\n".to_vec()),
        ("a NUL", b"name: \"\\0\"\nx: \0".to_vec()),
        ("a tag", b"name: !Ref x".to_vec()),
        ("a key that is a list", b"name: x\n? [a]\n: b".to_vec()),
        ("a huge number", b"version: 1e999\nname: 99999999999999999999999".to_vec()),
        ("an unclosed quote", b"name: \"x".to_vec()),
        ("only separators", b"---\n---\n...\n---\n".to_vec()),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (what, bytes) in nasty {
        let path = folder.path().join("nasty.yaml");
        fs::write(&path, bytes).unwrap();
        let found = findings(&path);
        // A base, which is a map without a name, is not compiled; the command says so.
        let is_base = what == "an empty map";
        assert!(is_base || found.iter().any(Diagnostic::is_error), "nothing is said about {what}");
        assert!(!render::human(&found, false).contains('\0'), "{what}");
    }
}

#[test]
fn survives_nasty_texts_in_every_rule() {
    let texts = [
        "",
        " ",
        "''",
        "\"",
        "\\",
        "${x}",
        "%{x}",
        "{{resolve:ssm:x}}",
        "\u{1f511}",
        "\u{202e}",
        "a\tb",
        "-",
        "arn:",
        "arn:aws:::::",
        "arn:aws:kms:eu-west-1:111122223333:",
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:",
        "L",
        "cron()",
        "rate()",
        "0 0 0 0 0 0",
        "é",
        "ß/é",
        "://",
        "@",
        "a@",
        ":",
        "/",
        ".",
        "..",
        "1",
        "99999999999999999999",
        "create",
        "\u{0}",
        "日本語",
    ];
    let folder = tempfile::tempdir().unwrap();
    for text in texts {
        let value = serde_json::to_string(text).unwrap();
        let spec = format!(
            "version: 1\nname: {value}\ndescription: {value}\ntags: {{ {value}: {value} }}\n\
             secret: {{ arn: {value}, username: {value}, name: {value}, description: {value}, kms_key: {value}, \
               replica_regions: [{value}, {{ region: {value}, kms_key: {value} }}], password: {{ exclude: {value} }}, \
               extra: {{ {value}: {value} }} }}\n\
             database: {{ engine: oracle, instance: {value}, cluster: {value}, workgroup: {value}, host: {value}, \
               dbname: {value}, security_group: {value} }}\n\
             strategy: {{ alternating-users: {{ superuser_secret: {value}, superuser_kms_key: {value}, rds_managed: true }} }}\n\
             placement: {{ vpc: {{ ssm: {value} }}, subnets: [{value}, {{ parameter: {value}, default: {value} }}, {{ import: {value} }}], \
               egress: {{ nat-gateway: {{ public_subnets: [{value}], route_tables: [{value}, {value}] }} }} }}\n\
             schedule: {{ every: {value}, cron: {value}, window: {value} }}\n\
             function: {{ source: {{ s3: {{ bucket: {value}, key: {value} }} }}, runtime: {value}, handler: {value}, \
               layers: [{value}], code_signing_config: {value}, permissions_boundary: {value} }}\n\
             operators: {{ configure: [{value}], trigger: [{value}] }}\n\
             alerts: {{ topic: {{ parameter: {value} }}, email: [{value}] }}\n\
             overrides: {{ cloudformation: {{ {value}: {{ {value}: {value} }} }}, terraform: {{ {value}: {{ {value}: [{value}] }} }} }}\n"
        );
        let path = folder.path().join("nasty.yaml");
        fs::write(&path, spec).unwrap();
        let found = findings(&path);
        assert!(found.iter().any(Diagnostic::is_error), "nothing is said about {text:?}");
        render::human(&found, true);
    }
}
