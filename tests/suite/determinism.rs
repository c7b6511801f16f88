//! The same spec gives the same bytes, whoever compiles it, where and how.

use std::fs;
use std::path::Path;

use rotaform::blueprint::STARTERS;

use crate::scratch::{SPEC, Scratch, finish, spec_with};

/// A folder with the starter specs.
fn starters() -> Scratch {
    let scratch = Scratch::new();
    for (name, text) in STARTERS {
        scratch.write(format!("specs/{name}.yaml"), text);
    }
    scratch
}

#[test]
fn two_runs_write_the_same_bytes() {
    let scratch = starters();
    scratch.run("synth specs --out one").ended(0);
    scratch.run("synth specs --out two").ended(0);
    assert_eq!(scratch.tree("one"), scratch.tree("two"));
    assert_eq!(fs::read_dir(scratch.path("one")).unwrap().count(), STARTERS.len());
}

#[test]
fn neither_the_number_of_threads_nor_the_environment_is_in_the_output() {
    let scratch = starters();
    scratch.run("synth specs --out one").ended(0);
    for (position, (threads, zone, language, home)) in
        [("1", "Asia/Tokyo", "de_DE.UTF-8", "/"), ("8", "America/St_Johns", "tr_TR.UTF-8", "/nonexistent")]
            .into_iter()
            .enumerate()
    {
        let out = format!("other-{position}");
        let mut command = scratch.command(["synth", "specs", "--out", &out]);
        command.env("RAYON_NUM_THREADS", threads).env("TZ", zone).env("HOME", home).env("USER", "somebody");
        command.env("LANG", language).env("LC_ALL", language);
        finish(command.spawn().unwrap()).ended(0);
        assert_eq!(scratch.tree("one"), scratch.tree(&out));
    }
}

#[test]
fn neither_the_working_folder_nor_the_form_of_a_path_is_in_the_output() {
    let scratch = starters();
    scratch.run("synth specs --out one").ended(0);
    let absolute = |path: &str| scratch.path(path).display().to_string();
    scratch.run(&format!("synth {} --out {}", absolute("specs"), absolute("two"))).ended(0);
    fs::create_dir_all(scratch.path("deep/er")).unwrap();
    let mut command = scratch.command(["synth", "../../specs/../specs", "--out", "../../three"]);
    finish(command.current_dir(scratch.path("deep/er")).spawn().unwrap()).ended(0);
    assert_eq!(scratch.tree("one"), scratch.tree("two"));
    assert_eq!(scratch.tree("one"), scratch.tree("three"));
}

#[test]
fn neither_the_order_nor_the_company_of_a_spec_is_in_its_output() {
    let scratch = starters();
    scratch.run("synth specs --out one").ended(0);
    for (name, _) in STARTERS.iter().rev() {
        scratch.run(&format!("synth specs/{name}.yaml --out two")).ended(0);
    }
    assert_eq!(scratch.tree("one"), scratch.tree("two"));
}

#[test]
fn a_spec_from_standard_input_gives_what_it_gives_from_a_file() {
    let scratch = Scratch::with_spec();
    scratch.run("synth spec.yaml --out one").ended(0);
    scratch.run_with("synth - --out two", SPEC).ended(0);
    assert_eq!(scratch.tree("one"), scratch.tree("two"));
}

#[test]
fn the_order_of_keys_and_the_way_of_writing_are_not_in_the_output() {
    let scratch = Scratch::with_spec();
    scratch.run("synth spec.yaml --out one").ended(0);
    let value: serde_json::Value = serde_json::from_str(SPEC).unwrap();
    let reversed: serde_json::Map<String, serde_json::Value> =
        value.as_object().unwrap().iter().rev().map(|(key, value)| (key.clone(), value.clone())).collect();
    scratch.write(
        "spec.yaml",
        format!("\u{feff}# the same\n---\n{}\r\n", serde_yaml::to_string(&reversed).unwrap().replace('\n', "\r\n")),
    );
    scratch.run("synth spec.yaml --out two").ended(0);
    assert_eq!(scratch.tree("one"), scratch.tree("two"));
}

#[test]
fn no_path_of_this_machine_is_in_the_output() {
    let scratch = Scratch::with_spec();
    scratch.write("code/rotate.py", "def handler(event, context): ...\n");
    scratch.write("spec.yaml", spec_with("/function/source/directory", "./code"));
    scratch.run("synth spec.yaml --out one").ended(0);
    for (path, (_, content)) in scratch.tree("one") {
        let text = String::from_utf8_lossy(&content);
        for own in [scratch.path("").display().to_string(), "spec.yaml".to_owned()] {
            assert!(!text.contains(own.trim_end_matches('/')), "`{own}` is in {}", Path::new(&path).display());
        }
    }
}
