//! The gallery in `output/` is what the starter specs in `blueprints/specs` give, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rotaform::blueprint::STARTERS;
use rotaform::bundle::{self, Choice, MANIFEST, Manifest};
use rotaform::check;
use rotaform::spec::{self, Shipped};
use similar::TextDiff;

const REMEDY: &str = "run `cargo run -- synth blueprints/specs`, and commit `output`";

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Each bundle's files by their path below `output`.
fn expected() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for (name, _) in STARTERS {
        let path = repository("blueprints/specs").join(format!("{name}.yaml"));
        for document in spec::documents(&path).unwrap() {
            let spec = spec::read(&document).unwrap();
            let shipped = Shipped::read(&spec, &document).unwrap();
            let (checked, found) = check::check(spec, shipped);
            let bundle = bundle::bundle(&checked.unwrap_or_else(|| panic!("{name}: {found:?}")), Choice::default());
            files.insert(format!("{}/{MANIFEST}", bundle.name), Manifest::of(&bundle).print().into_bytes());
            files.extend(bundle.files.into_iter().map(|(path, content)| (format!("{}/{path}", bundle.name), content)));
        }
    }
    files
}

fn committed(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}: {REMEDY}", folder.display())) {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            committed(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// What somebody who tries the gallery leaves in it, and git ignores.
fn is_left_by_tools(path: &str) -> bool {
    path.contains("/.terraform") || path.contains("terraform.tfstate") || path.ends_with(".zip")
}

#[test]
fn the_gallery_is_what_the_starter_specs_give() {
    let expected = expected();
    let mut committed_files = BTreeMap::new();
    committed(&repository("output"), "", &mut committed_files);
    committed_files.retain(|path, _| !is_left_by_tools(path));
    let mut differences = String::new();
    for path in expected.keys().chain(committed_files.keys().filter(|path| !expected.contains_key(*path))) {
        let text = |files: &BTreeMap<String, Vec<u8>>| {
            String::from_utf8_lossy(files.get(path).map_or(&[][..], Vec::as_slice)).into_owned()
        };
        let (before, after) = (text(&committed_files), text(&expected));
        if before != after || committed_files.contains_key(path) != expected.contains_key(path) {
            let diff = TextDiff::from_lines(before.as_str(), after.as_str());
            let (from, to) = (format!("output/{path}"), format!("{path} as the spec gives it"));
            differences.push_str(&diff.unified_diff().header(&from, &to).to_string());
        }
    }
    assert!(differences.is_empty(), "the gallery is out of date: {REMEDY}\n{differences}");
}

#[test]
fn every_starter_spec_is_listed() {
    let mut names: Vec<String> = fs::read_dir(repository("blueprints/specs"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".yaml", ""))
        .collect();
    let mut listed: Vec<&str> = STARTERS.iter().map(|(name, _)| *name).collect();
    names.sort();
    listed.sort_unstable();
    assert_eq!(names, listed);
}

#[test]
fn every_function_file_of_the_gallery_is_one_of_the_blueprints() {
    for (path, content) in expected() {
        let Some((_, name)) = path.split_once("/function/") else { continue };
        let blueprint = repository("blueprints/function").join(name);
        if name != "rotate.py" && blueprint.exists() {
            assert!(fs::read(&blueprint).unwrap() == content, "{path} differs from {}", blueprint.display());
        }
    }
}
