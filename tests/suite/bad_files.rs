//! Files that are no specs: each ends in a message with a code, at once, and nothing is written.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::scratch::{Run, SPEC, Scratch, finish, spec_with};

/// The run, which must have been refused for this reason, soon, in few words, and without writing anything.
#[track_caller]
fn refused<A: AsRef<OsStr>>(scratch: &Scratch, path: A, code: &str) -> Run {
    let start = Instant::now();
    let run = scratch.rotaform([OsStr::new("synth"), path.as_ref()]).refused(code);
    assert!(start.elapsed() < Duration::from_secs(5), "it took {:?}", start.elapsed());
    assert!(run.stderr.len() < 8000, "{} bytes of message", run.stderr.len());
    assert!(!scratch.path("output").exists());
    run
}

#[test]
fn text_that_is_no_spec() {
    for (text, code) in [
        ("", "specs-missing"),
        ("\n\n", "specs-missing"),
        ("# only a comment\n", "specs-missing"),
        ("---\n---\n", "specs-missing"),
        ("~", "specs-missing"),
        ("just text", "type-wrong"),
        ("- a\n- b\n", "type-wrong"),
        ("5", "type-wrong"),
        ("name: orders-db", "key-missing"),
        ("name: [unclosed", "yaml-invalid"),
        ("a:\n\t- b", "yaml-invalid"),
        ("{{ template }}", "type-wrong"),
        ("name: 'a", "yaml-invalid"),
        ("%YAML 9.9\n---\nname: a", "yaml-invalid"),
        ("name: !!binary aGk=", "key-missing"),
        ("name: !Ref a", "yaml-tag"),
        ("name: a\n1: b", "type-wrong"),
        ("name: a\n? [b]\n: c", "type-wrong"),
        ("name: a\nname: b", "key-twice"),
        ("name: *nowhere", "yaml-invalid"),
        ("name: &a { b: *a }", "yaml-invalid"),
        ("name: &a\n  <<: *a\n", "yaml-invalid"),
        ("name: a\n<<: 5\n", "yaml-invalid"),
        ("name: a\0b", "yaml-invalid"),
        ("#!/bin/sh\nexit 0\n", "type-wrong"),
        ("<html>\n<p>a</p>\n</html>", "type-wrong"),
    ] {
        let scratch = Scratch::new();
        scratch.write("spec.yaml", text);
        let run = scratch.run("synth spec.yaml");
        assert!(run.stderr.contains(&format!("error[{code}]: ")), "{text:?} gives\n{}", run.stderr);
        refused(&scratch, "spec.yaml", code);
    }
}

#[test]
fn bytes_that_are_no_text() {
    let scratch = Scratch::new();
    let utf16: Vec<u8> = SPEC.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("utf-16", [b"\xff\xfe", utf16.as_slice()].concat()),
        ("latin-1", b"description: caf\xe9".to_vec()),
        ("surrogate", b"description: \xed\xa0\x80".to_vec()),
        ("program", fs::read(env!("CARGO_BIN_EXE_rotaform")).unwrap()[..4096].to_vec()),
    ] {
        scratch.write(format!("{name}.yaml"), bytes);
        refused(&scratch, format!("{name}.yaml"), "file-not-utf-8");
    }
    // UTF-16 without its mark is valid UTF-8 full of zeros.
    scratch.write("unmarked.yaml", utf16);
    refused(&scratch, "unmarked.yaml", "yaml-invalid");
}

#[test]
fn files_that_are_too_much() {
    let scratch = Scratch::new();
    fs::File::create(scratch.path("large.yaml")).unwrap().set_len(50 << 20).unwrap();
    refused(&scratch, "large.yaml", "file-too-large");
    refused(&scratch, "/dev/zero", "file-unreadable");
    scratch.write("deep.yaml", format!("name: {}1{}", "[".repeat(9000), "]".repeat(9000)));
    refused(&scratch, "deep.yaml", "yaml-too-deep");
    scratch.write("indented.yaml", (0..900).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>());
    refused(&scratch, "indented.yaml", "yaml-too-deep");
    let mut aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        aliases += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "));
    }
    scratch.write("aliases.yaml", aliases);
    refused(&scratch, "aliases.yaml", "yaml-too-large");
    scratch.write("wide.yaml", format!("name: a\ntags: [{}]\n", "x,".repeat(400_000)));
    refused(&scratch, "wide.yaml", "yaml-too-large");
}

#[test]
fn mistakes_that_are_too_many_or_too_long_to_read() {
    let scratch = Scratch::new();
    let keys: String = (0..9000).map(|key| format!("k{key}: 1\n")).collect();
    for (name, text) in [
        ("keys", format!("name: a\n{keys}")),
        ("items", format!("name: a\nplacement: {{ subnets: [{}] }}", "1, ".repeat(9000))),
        ("documents", "name: a\n---\n".repeat(9000)),
    ] {
        scratch.write(format!("{name}.yaml"), text);
        let run = scratch.run(&format!("synth {name}.yaml")).ended(1);
        assert!(run.stderr.len() < 100_000, "{name}: {} bytes", run.stderr.len());
        assert!(run.stderr.ends_with(" errors; the first 200 are shown\n"), "{}", &run.stderr[run.stderr.len() - 80..]);
    }
    let long = "x".repeat(900_000);
    for (pointer, code) in [
        ("/description", "description-too-long"),
        ("/name", "name-invalid"),
        ("/secret/username", "username-too-long"),
        ("/secret/name", "secret-name-invalid"),
        ("/database/engine", "word-unknown"),
        ("/placement/vpc", "resource-id-invalid"),
        ("/schedule/cron", "schedule-cron-invalid"),
        ("/function/runtime", "runtime-unknown"),
    ] {
        scratch.write("long.yaml", spec_with(pointer, long.as_str()));
        refused(&scratch, "long.yaml", code);
    }
}

#[test]
fn folders_without_a_spec() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path("empty")).unwrap();
    refused(&scratch, "empty", "specs-missing");
    for number in 0..1000 {
        scratch.write(format!("other/{number}.txt"), "no spec");
    }
    refused(&scratch, "other", "specs-missing");
    scratch.write("bases/base.yaml", "tags: { team: orders }");
    refused(&scratch, "bases", "specs-missing");
    refused(&scratch, "nowhere.yaml", "file-unreadable");
}

#[test]
fn things_that_are_no_files() {
    let scratch = Scratch::new();
    assert!(Command::new("mkfifo").arg(scratch.path("pipe.yaml")).status().unwrap().success());
    refused(&scratch, "pipe.yaml", "file-unreadable");
    refused(&scratch, ".", "file-unreadable");
    refused(&scratch, "/dev/tty", "file-unreadable");
    let _socket = std::os::unix::net::UnixListener::bind(scratch.path("socket.yaml")).unwrap();
    refused(&scratch, "socket.yaml", "file-unreadable");
    symlink("loop.yaml", scratch.path("loop.yaml")).unwrap();
    refused(&scratch, "loop.yaml", "file-unreadable");
    // A folder in itself is walked once.
    fs::create_dir(scratch.path("folder")).unwrap();
    symlink(".", scratch.path("folder/again")).unwrap();
    refused(&scratch, "folder", "specs-missing");
}

#[test]
fn files_that_may_not_be_read() {
    let scratch = Scratch::with_spec();
    fs::create_dir(scratch.path("folder")).unwrap();
    for path in ["spec.yaml", "folder"] {
        fs::set_permissions(scratch.path(path), fs::Permissions::from_mode(0o000)).unwrap();
        let mut command = scratch.command(["synth", path]);
        if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
            command.uid(65534);
        }
        // The command itself may lie where nobody else may go.
        if let Ok(child) = command.spawn() {
            finish(child).refused("file-unreadable");
        }
    }
}

#[test]
fn what_cannot_be_extended() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(scratch.path("pipe")).status().unwrap().success());
    scratch.write("two.yaml", "tags: { a: b }\n---\ntags: { a: b }\n");
    scratch.write("list.yaml", "[a]");
    scratch.write("empty.yaml", "");
    for base in
        ["folder", "nowhere.yaml", "pipe", "/dev/zero", "-", "", "two.yaml", "list.yaml", "empty.yaml", "a\nb\0c"]
    {
        scratch.write("spec.yaml", spec_with("/extends", base));
        refused(&scratch, "spec.yaml", "extends-unreadable");
    }
    scratch.write("spec.yaml", spec_with("/extends", "./folder/../spec.yaml"));
    refused(&scratch, "spec.yaml", "extends-cycle");
    scratch.write("spec.yaml", spec_with("/extends", "one.yaml"));
    scratch.write("one.yaml", "extends: link.yaml");
    scratch.write("other.yaml", "extends: one.yaml");
    symlink("other.yaml", scratch.path("link.yaml")).unwrap();
    refused(&scratch, "spec.yaml", "extends-cycle");
    for number in 0..200 {
        scratch.write(format!("chain/{number}.yaml"), format!("extends: {}.yaml", number + 1));
    }
    scratch.write("spec.yaml", spec_with("/extends", "chain/0.yaml"));
    refused(&scratch, "spec.yaml", "extends-too-deep");
    scratch.write("spec.yaml", spec_with("/extends", 5));
    refused(&scratch, "spec.yaml", "type-wrong");
    scratch.write("spec.yaml", spec_with("/extends", "base.yaml"));
    scratch.write("base.yaml", "extends: [a]");
    refused(&scratch, "spec.yaml", "type-wrong");
}

#[test]
fn names_of_files_do_not_matter() {
    for name in [
        "with space.yaml",
        "quote's \".yaml",
        "line\nbreak.yaml",
        "-dash.yaml",
        "ünï🔑.yaml",
        "\u{1b}[31mred",
        "no-ending",
    ] {
        let scratch = Scratch::new();
        scratch.write(name, SPEC);
        scratch.rotaform([OsStr::new("synth"), scratch.path(name).as_os_str()]).ended(0);
        scratch.write(name, "name: [");
        let run = scratch.rotaform([OsStr::new("check"), scratch.path(name).as_os_str()]).refused("yaml-invalid");
        assert!(!run.stderr.contains(['\u{1b}', '\r']), "{:?}", run.stderr);
    }
    let scratch = Scratch::new();
    let name = OsString::from_vec(b"not-utf-8-\xff.yaml".to_vec());
    scratch.write(&name, SPEC);
    scratch.rotaform([OsStr::new("synth"), &name]).ended(0);
}

#[test]
fn a_bad_spec_keeps_the_good_ones_beside_it_from_being_written() {
    let scratch = Scratch::with_spec();
    scratch.write("bad.yaml", "name: bad-db\nversion: 1\n");
    let run = scratch.run("synth .").refused("key-missing");
    assert!(!scratch.path("output").exists());
    assert!(run.stderr.contains("bad.yaml"));
}

#[test]
fn what_the_function_is_made_of() {
    let scratch = Scratch::new();
    scratch.write("code/rotate.py", "def handler(event, context): ...\n");
    scratch.write("spec.yaml", spec_with("/function/source/directory", "code"));
    let refuse = |why: &str| {
        let run = refused(&scratch, "spec.yaml", "shipped-file-unreadable");
        assert!(run.stderr.contains(why), "{}", run.stderr);
    };
    fs::File::create(scratch.path("code/large")).unwrap().set_len(50 << 20).unwrap();
    refuse("larger than 10 MiB");
    fs::remove_file(scratch.path("code/large")).unwrap();
    symlink("/etc/passwd", scratch.path("code/link")).unwrap();
    refuse("symbolic link");
    fs::remove_file(scratch.path("code/link")).unwrap();
    scratch.write("code/two\nlines.py", "");
    refuse("control character");
    fs::remove_file(scratch.path("code/two\nlines.py")).unwrap();
    assert!(Command::new("mkfifo").arg(scratch.path("code/pipe")).status().unwrap().success());
    refuse("not a regular file");
    fs::remove_file(scratch.path("code/pipe")).unwrap();
    for number in 0..2001 {
        scratch.write(format!("code/{number}"), "");
    }
    refuse("more than 2000 files");
}

#[test]
fn certificates_that_would_take_the_place_of_code() {
    let scratch = Scratch::new();
    for name in ["rotate.py", "Secret.PY", "requirements.txt"] {
        scratch.write(format!("ca/{name}"), "-----BEGIN CERTIFICATE-----");
        scratch.write("spec.yaml", spec_with("/database/ca_bundle", format!("ca/{name}")));
        refused(&scratch, "spec.yaml", "shipped-file-unreadable");
    }
    for path in ["ca", "ca/..", "/dev/zero", "nowhere.pem", ""] {
        scratch.write("spec.yaml", spec_with("/database/ca_bundle", path));
        refused(&scratch, "spec.yaml", "shipped-file-unreadable");
    }
    scratch.write("ca/a.pem", "-----BEGIN CERTIFICATE-----");
    let absolute = scratch.path("ca/a.pem").display().to_string();
    for path in ["ca/a.pem", "./ca/../ca/a.pem", &absolute] {
        scratch.write("spec.yaml", spec_with("/database/ca_bundle", path));
        scratch.run("synth spec.yaml").ended(0);
        assert!(scratch.path("output/orders-db/function/a.pem").exists());
    }
}

#[test]
fn an_output_below_its_own_input_is_not_read_again() {
    let scratch = Scratch::new();
    scratch.write("specs/spec.yaml", spec_with("/function/source/directory", "."));
    scratch.run("synth specs --out specs/output").ended(0);
    assert_eq!(scratch.run("synth specs --out specs/output").ended(0).stdout, "unchanged specs/output/orders-db\n");
    scratch.run("synth specs --out specs --format json").ended(0);
    assert_eq!(scratch.run("synth specs --out specs --format json").ended(0).stdout, "unchanged specs/orders-db\n");
}
