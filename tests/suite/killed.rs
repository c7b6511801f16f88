//! Runs that are killed, and runs that meet: each bundle stays as it was or becomes as it should be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use rotaform::bundle::{Lock, MANIFEST, Manifest};
use sha2::{Digest, Sha256};

use crate::scratch::{Scratch, finish, spec_with};

const SPECS: usize = 300;

/// Many specs without a function's files, so that each bundle is written in a moment; the word is in each bundle.
fn specs(scratch: &Scratch, word: &str) {
    let managed = serde_json::json!({
        "version": 1, "strategy": "managed", "description": word,
        "secret": { "arn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-0a1b2c3d-0000-4444-8888-000000000000-AbCdEf" },
    });
    for number in 0..SPECS {
        let mut spec = managed.clone();
        spec["name"] = format!("spec-{number:03}").into();
        spec["secret"]["arn"] =
            spec["secret"]["arn"].as_str().unwrap().replace("db-0a1b2c3d", &format!("db-{number:08x}")).into();
        scratch.write(format!("specs/{word}/{number:03}.json"), spec.to_string());
    }
}

/// The word in a bundle whose files are all as its list says, or what is wrong with it.
fn whole(bundle: &Path, words: &[&'static str]) -> Result<&'static str, String> {
    let read = |path: &str| fs::read(bundle.join(path)).map_err(|error| format!("{path}: {error}"));
    let manifest = Manifest::parse(&String::from_utf8_lossy(&read(MANIFEST)?));
    for (path, digest) in &manifest.files {
        let found: String = Sha256::digest(read(path)?).iter().map(|byte| format!("{byte:02x}")).collect();
        if found != *digest {
            return Err(format!("{path} is not what the list says"));
        }
    }
    let readme = String::from_utf8_lossy(&read("README.md")?).into_owned();
    words.iter().copied().find(|word| readme.contains(*word)).ok_or_else(|| "no version is whole".to_owned())
}

/// Every bundle is whole, and so is what was put beside it; each bundle's version comes back.
#[track_caller]
fn all_whole(scratch: &Scratch, words: &[&'static str]) -> BTreeSet<&'static str> {
    let mut versions = BTreeSet::new();
    let Ok(entries) = fs::read_dir(scratch.path("output")) else { return versions };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with('.') {
            continue;
        }
        versions.insert(whole(&path, words).unwrap_or_else(|why| panic!("{}: {why}", path.display())));
        if let Ok(state) = fs::read(path.join("terraform/terraform.tfstate")) {
            assert_eq!(state, b"state");
        }
    }
    versions
}

#[track_caller]
fn nothing_is_left_over(scratch: &Scratch, bundles: usize) {
    let names: Vec<_> = fs::read_dir(scratch.path("output")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), bundles, "{names:?}");
}

#[test]
fn a_run_that_is_killed_at_any_moment_leaves_every_bundle_whole() {
    let scratch = Scratch::new();
    for word in ["earlier", "later"] {
        specs(&scratch, word);
    }
    let mut cut_short = 0;
    for (round, delay) in [10, 40, 90, 150, 220, 300, 25, 60, 120, 180, 250, 350].into_iter().enumerate() {
        let word = if round % 2 == 0 { "specs/earlier" } else { "specs/later" };
        let mut command = scratch.command(["synth", word]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        cut_short += usize::from(child.wait().unwrap().code().is_none());
        all_whole(&scratch, &["earlier", "later"]);
        // State that Terraform keeps there must come through every later round.
        for number in (0..SPECS).step_by(7) {
            let folder = scratch.path(format!("output/spec-{number:03}/terraform"));
            if folder.exists() {
                fs::write(folder.join("terraform.tfstate"), "state").unwrap();
            }
        }
    }
    assert!(cut_short > 0, "the runs were too quick to be killed");
    scratch.run("synth specs/later").ended(0);
    assert_eq!(all_whole(&scratch, &["earlier", "later"]), BTreeSet::from(["later"]));
    nothing_is_left_over(&scratch, SPECS);
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let scratch = Scratch::new();
    for word in ["earlier", "later"] {
        specs(&scratch, word);
    }
    for _ in 0..2 {
        let runs = ["specs/earlier", "specs/later"].map(|specs| scratch.command(["synth", specs]).spawn().unwrap());
        runs.into_iter().for_each(|run| drop(finish(run).ended(0)));
        // Whichever came last has written all of them.
        assert_eq!(all_whole(&scratch, &["earlier", "later"]).len(), 1);
        nothing_is_left_over(&scratch, SPECS);
    }
}

#[test]
fn a_run_waits_for_the_one_that_writes_to_the_same_folder() {
    let scratch = Scratch::with_spec();
    let lock = Lock::new(&scratch.path("output")).unwrap();
    let mut child = scratch.command(["synth", "spec.yaml"]).spawn().unwrap();
    sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it did not wait");
    // Nothing is written, so nothing is waited for.
    scratch.run("synth spec.yaml --dry-run").ended(0);
    scratch.run("synth spec.yaml --out elsewhere").ended(0);
    drop(lock);
    finish(child).ended(0);
}

#[test]
fn what_a_killed_run_left_is_cleared_by_the_next_run() {
    let scratch = Scratch::with_spec();
    scratch.run("synth spec.yaml").ended(0);
    scratch.write("output/.orders-db.rotaform-new/terraform/main.tf", "half");
    scratch.write("output/.gone-db.rotaform-new/README.md", "half");
    scratch.write("output/.orders-db.rotaform-old/README.md", "what stood there before");
    let before = scratch.tree("output/orders-db");
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "unchanged output/orders-db\n");
    assert_eq!(scratch.tree("output/orders-db"), before);
    nothing_is_left_over(&scratch, 1);
}

/// Where the disk cannot swap two folders, a run may be killed while the new one is not yet in place.
#[test]
fn a_bundle_that_was_moved_away_is_put_back() {
    let scratch = Scratch::with_spec();
    scratch.run("synth spec.yaml").ended(0);
    scratch.write("output/orders-db/terraform/terraform.tfstate", "state");
    fs::rename(scratch.path("output/orders-db"), scratch.path("output/.orders-db.rotaform-old")).unwrap();
    scratch.write("output/.orders-db.rotaform-new/README.md", "half");
    scratch.write("spec.yaml", spec_with("/database/port", 5433));
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "updated output/orders-db\n");
    assert_eq!(scratch.read("output/orders-db/terraform/terraform.tfstate"), "state");
    nothing_is_left_over(&scratch, 1);
}
