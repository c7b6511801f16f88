//! The command line: what it prints, and how it ends.

use std::collections::BTreeSet;

use rotaform::blueprint::STARTERS;
use rotaform::{bundle, check, package, spec, target};
use serde_json::Value;

use crate::scratch::{Run, SPEC, Scratch, spec_with};

fn run(arguments: &str) -> Run {
    Scratch::with_spec().run(arguments)
}

#[test]
fn a_spec_that_is_fine_ends_with_0() {
    let scratch = Scratch::with_spec();
    scratch.run("synth spec.yaml").ended(0);
    let check = scratch.run("check spec.yaml").ended(0);
    assert_eq!(check.stdout, "");
}

#[test]
fn a_spec_that_is_refused_ends_with_1_whatever_the_command() {
    let scratch = Scratch::new();
    scratch.write("spec.yaml", spec_with("/secret/nmae", "typo"));
    for command in ["synth spec.yaml", "check spec.yaml", "explain spec.yaml"] {
        let run = scratch.run(command).refused("key-unknown");
        assert!(run.stderr.contains("did you mean `name`?"), "{}", run.stderr);
        assert!(run.stdout.is_empty());
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    for arguments in [
        "",
        "synth",
        "sing",
        "synth spec.yaml --colour",
        "synth spec.yaml --target azure",
        "check",
        "explain",
        "completions",
    ] {
        let run = if arguments.is_empty() { Scratch::new().rotaform::<&str>([]) } else { run(arguments) };
        assert_eq!(run.code, Some(2), "{arguments}");
        assert!(run.stderr.contains("--help"), "{}", run.stderr);
    }
}

#[test]
fn a_bundle_that_is_out_of_date_ends_with_3_and_shows_the_difference() {
    let scratch = Scratch::with_spec();
    let run = scratch.run("check spec.yaml").ended(3);
    assert!(run.stdout.contains("+++ b/orders-db/README.md\n"), "{}", run.stdout);
    scratch.run("synth spec.yaml").ended(0);
    scratch.write("spec.yaml", spec_with("/database/port", 5433));
    let run = scratch.run("check spec.yaml").ended(3);
    assert!(
        run.stdout.contains("-          FromPort: 5432\n-          ToPort: 5432\n+          FromPort: 5433\n"),
        "{}",
        run.stdout
    );
    scratch.write("spec.yaml", SPEC);
    scratch.run("check spec.yaml").ended(0);
    scratch.write("output/orders-db/terraform/iam.tf", "edited\n");
    let run = scratch.run("check spec.yaml").ended(3);
    assert!(run.stdout.contains("-edited\n"), "{}", run.stdout);
    scratch.run("synth spec.yaml --force").ended(0);
    std::fs::remove_file(scratch.path("output/orders-db/.rotaform.sha256")).unwrap();
    scratch.run("check spec.yaml").ended(3);
}

#[test]
fn warnings_are_errors_when_asked_to_be() {
    let scratch = Scratch::with_spec();
    for command in ["synth", "check"] {
        let run = scratch.run(&format!("{command} spec.yaml --deny-warnings")).ended(1);
        assert!(run.stderr.contains("warning[first-password-unknown]: "), "{}", run.stderr);
        assert!(!scratch.path("output").exists());
    }
}

#[test]
fn every_finding_of_a_run_is_reported_at_once() {
    let scratch = Scratch::new();
    scratch.write("a.yaml", spec_with("/schedule/every", "3 weeks"));
    scratch.write("b.yaml", "version: 1\nname: b\n");
    scratch.write("c.yaml", "name: [");
    let run = scratch.run("synth .").ended(1);
    for wanted in ["schedule-every-invalid", "lacks the key `secret`", "lacks the key `strategy`", "yaml-invalid"] {
        assert!(run.stderr.contains(wanted), "{wanted} is not in:\n{}", run.stderr);
    }
}

#[test]
fn two_specs_of_one_name_are_refused() {
    let scratch = Scratch::with_spec();
    scratch.write("again/spec.yaml", SPEC);
    let run = scratch.run("synth spec.yaml again").refused("name-twice");
    assert!(run.stderr.contains("--> again/spec.yaml:2:27"), "{}", run.stderr);
    assert!(run.stderr.contains("::: spec.yaml:2:27"), "{}", run.stderr);
    scratch.run("check .").refused("name-twice");
    scratch.write("spec.yaml", format!("{SPEC}\n---\n{SPEC}"));
    scratch.run("synth spec.yaml").refused("name-twice");
    // One file by two names is one spec.
    let scratch = Scratch::with_spec();
    let absolute = scratch.path("spec.yaml").display().to_string();
    let run = scratch.run(&format!("synth spec.yaml ./spec.yaml {absolute} .")).ended(0);
    assert_eq!(run.stdout, "created output/orders-db\n");
}

#[test]
fn standard_input_is_a_spec() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run_with("synth -", SPEC).ended(0).stdout, "created output/orders-db\n");
    scratch.run_with("check -", SPEC).ended(0);
    assert!(scratch.run_with("explain -", SPEC).ended(0).stdout.starts_with("orders-db: "));
    scratch.run_with("synth -", "name: [").refused("yaml-invalid");
    scratch.run_with("synth -", "").refused("specs-missing");
    scratch.run_with("synth -", "tags: { a: b }").refused("key-missing");
    // What it extends is found beside the working folder.
    scratch.write("base.yaml", "tags: { team: orders }");
    scratch.run_with("synth -", &spec_with("/extends", "base.yaml")).ended(0);
    assert!(scratch.read("output/orders-db/terraform/main.tf").contains("team = \"orders\""));
}

#[test]
fn every_code_is_explained() {
    let codes = check::codes().chain(bundle::CODES.iter().copied()).chain(package::CODES.iter().copied());
    let codes: Vec<_> =
        codes.chain(target::overrides::CODES.iter().copied()).chain(spec::CODES.iter().copied()).collect();
    let mut names = BTreeSet::new();
    for code in codes {
        if names.insert(code.name) {
            let run = run(&format!("explain {}", code.name)).ended(0);
            assert!(run.stdout.contains(&format!("[{}]: {}\n\n", code.name, code.summary)), "{}", run.stdout);
            assert!(run.stdout.trim_end().lines().count() > 2, "{} has no explanation", code.name);
        }
    }
    assert!(names.len() > 100);
    let run = run("explain subnet-count").refused("code-unknown");
    assert!(run.stderr.contains("did you mean `subnets-count`?"), "{}", run.stderr);
}

#[test]
fn the_plan_of_a_spec_is_explained() {
    let run = run("explain spec.yaml").ended(0);
    assert!(run.stdout.starts_with("orders-db: "));
    assert!(run.stdout.contains(
        "DatabaseIngress  (aws_vpc_security_group_ingress_rule.database, asked for by `database.security_group`)"
    ));
}

#[test]
fn the_starter_specs_are_listed_and_each_compiles() {
    let list = run("new").ended(0).stdout;
    assert_eq!(list.lines().count(), STARTERS.len());
    for (name, text) in STARTERS {
        let about = list.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap();
        assert!(about.len() > name.len() + 20, "{about}");
        let scratch = Scratch::new();
        let printed = scratch.run(&format!("new {name}")).ended(0).stdout;
        assert_eq!(&printed, text);
        assert!(printed.starts_with("# yaml-language-server: $schema=rotaform.schema.json\n"));
        scratch.write("specs/spec.yaml", &printed);
        // The schema for the editor, beside it, is not taken for a spec.
        scratch.write("specs/rotaform.schema.json", scratch.run("schema").ended(0).stdout);
        scratch.run("synth specs").ended(0);
    }
    assert!(
        run("new postgres-singel-user")
            .refused("blueprint-unknown")
            .stderr
            .contains("did you mean `postgres-single-user`?")
    );
}

#[test]
fn completions_and_the_manual_page_name_every_command() {
    for command in ["completions bash", "completions zsh", "completions fish", "man"] {
        let text = run(command).ended(0).stdout;
        for word in ["new", "synth", "check", "explain", "package", "schema"] {
            assert!(text.contains(word), "`{word}` is not in `{command}`");
        }
    }
}

#[test]
fn the_help_is_as_reviewed() {
    let mut text = run("--help").ended(0).stdout;
    for command in ["new", "synth", "check", "explain", "package", "schema", "completions", "man"] {
        text += &format!("\n$ rotaform {command} --help\n{}", run(&format!("{command} --help")).ended(0).stdout);
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::Read;
    let scratch = Scratch::with_spec();
    let mut child = scratch.command(["schema"]).spawn().unwrap();
    let mut start = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let run = child.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_schema_is_printed_as_json() {
    let printed: Value = serde_json::from_str(&run("schema").ended(0).stdout).unwrap();
    assert_eq!(&printed, spec::json_schema());
    assert_eq!(printed["$schema"], "https://json-schema.org/draft/2020-12/schema");
}
