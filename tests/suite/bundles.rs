//! Bundles on disk: whole or not at all, and never over somebody's work.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::scratch::{Scratch, spec_with};

/// A folder with the bundle of the smallest spec in `output/orders-db`.
fn synthesized() -> Scratch {
    let scratch = Scratch::with_spec();
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "created output/orders-db\n");
    scratch
}

/// The spec with a change that touches the README, both targets and the function's settings.
fn changed() -> String {
    spec_with("/database/port", 5433)
}

#[test]
fn a_bundle_is_created_then_unchanged_then_updated() {
    let scratch = synthesized();
    let first = scratch.tree("output");
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "unchanged output/orders-db\n");
    assert_eq!(scratch.tree("output"), first);
    scratch.write("spec.yaml", changed());
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "updated output/orders-db\n");
    assert!(scratch.read("output/orders-db/terraform/network.tf").contains("5433"));
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let scratch = Scratch::with_spec();
    let run = scratch.run("synth spec.yaml --dry-run").ended(0);
    assert!(run.stdout.ends_with("would create output/orders-db\n"), "{}", run.stdout);
    assert!(run.stdout.contains("--- /dev/null\n+++ b/orders-db/cloudformation/template.yaml\n"));
    assert!(!scratch.path("output").exists());
    scratch.run("synth spec.yaml").ended(0);
    let before = scratch.tree("output");
    scratch.write("spec.yaml", changed());
    let run = scratch.run("synth spec.yaml --dry-run").ended(0);
    assert!(
        run.stdout.contains("-          FromPort: 5432\n-          ToPort: 5432\n+          FromPort: 5433\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("would update output/orders-db\n"));
    assert_eq!(scratch.tree("output"), before);
}

#[test]
fn an_edited_file_is_not_overwritten_unless_forced() {
    let scratch = synthesized();
    let edited = "output/orders-db/terraform/main.tf";
    scratch.write(edited, scratch.read(edited) + "\n# mine\n");
    let before = scratch.tree("output");
    for spec in [None, Some(changed())] {
        spec.into_iter().for_each(|text| drop(scratch.write("spec.yaml", text)));
        let run = scratch.run("synth spec.yaml").refused("bundle-edited");
        assert!(run.stderr.contains("output/orders-db/terraform/main.tf"), "{}", run.stderr);
        scratch.run("synth spec.yaml --dry-run").refused("bundle-edited");
        assert_eq!(scratch.tree("output"), before);
    }
    scratch.run("synth spec.yaml --force").ended(0);
    assert!(!scratch.read(edited).contains("# mine"));
    scratch.run("check spec.yaml").ended(0);
}

#[test]
fn a_file_of_somebodys_own_where_a_generated_one_is_to_stand_is_not_overwritten() {
    let scratch = Scratch::with_spec();
    let own = scratch.write("output/orders-db/README.md", "my notes\n");
    scratch.run("synth spec.yaml").refused("bundle-edited");
    assert_eq!(fs::read_to_string(&own).unwrap(), "my notes\n");
    scratch.run("synth spec.yaml --force").ended(0);
}

#[test]
fn what_somebody_else_put_into_a_bundle_survives_an_update() {
    let scratch = synthesized();
    let bundle = |path: &str| format!("output/orders-db/{path}");
    scratch.write(bundle("terraform/terraform.tfstate"), b"\x00\xff state");
    scratch.write(bundle("terraform/.terraform/providers/x/y"), "a plugin");
    scratch.write(bundle("notes.txt"), "notes");
    scratch.write(bundle("mine/deep/er.txt"), "deep");
    fs::create_dir(scratch.path(bundle("empty"))).unwrap();
    symlink("../../nowhere", scratch.path(bundle("terraform/.terraform/link"))).unwrap();
    symlink("providers/x", scratch.path(bundle("terraform/.terraform/folder"))).unwrap();
    let rights = |path: &str, mode| {
        fs::set_permissions(scratch.path(bundle(path)), fs::Permissions::from_mode(mode)).unwrap();
    };
    rights("notes.txt", 0o400);
    rights("terraform/.terraform/providers/x/y", 0o555);
    rights("mine/deep", 0o700);
    let ours = |path: &std::path::Path| {
        let list = scratch.read(bundle(".rotaform.sha256"));
        path == std::path::Path::new(".rotaform.sha256") || list.contains(&format!("  {}\n", path.display()))
    };
    let foreign = || {
        let mut tree = scratch.tree("output/orders-db");
        tree.retain(|path, _| !ours(path));
        tree
    };
    let before = foreign();
    scratch.write("spec.yaml", changed());
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "updated output/orders-db\n");
    assert_eq!(foreign(), before);
}

#[test]
fn a_file_that_the_new_bundle_lacks_disappears_with_its_folder() {
    let scratch = synthesized();
    scratch.run("synth spec.yaml --target terraform").ended(0);
    assert!(!scratch.path("output/orders-db/cloudformation").exists());
    scratch.run("synth spec.yaml --format json").ended(0);
    assert!(scratch.path("output/orders-db/cloudformation/template.json").exists());
    assert!(scratch.path("output/orders-db/terraform/main.tf.json").exists());
    assert!(!scratch.path("output/orders-db/terraform/main.tf").exists());
    scratch.run("check spec.yaml --format json").ended(0);
}

#[test]
fn a_change_that_would_replace_the_live_password_is_refused_until_accepted() {
    for (pointer, value) in [
        ("/secret/username", "orders_other"),
        ("/secret/name", "prod/orders/other"),
        ("/secret/password/exclude", "#"),
        ("/secret/password/profile", "uri-safe"),
    ] {
        let scratch = synthesized();
        let before = scratch.tree("output");
        scratch.write("spec.yaml", spec_with(pointer, value));
        for arguments in ["synth spec.yaml", "synth spec.yaml --force", "synth spec.yaml --dry-run"] {
            scratch.run(arguments).refused("first-value-changed");
            assert_eq!(scratch.tree("output"), before, "{pointer}");
        }
        scratch.run("synth spec.yaml --accept-new-password").ended(0);
        scratch.run("check spec.yaml").ended(0);
    }
}

#[test]
fn a_bundle_in_which_terraform_is_at_work_is_not_replaced() {
    let scratch = synthesized();
    scratch.write("output/orders-db/terraform/.terraform.tfstate.lock.info", "{}");
    let before = scratch.tree("output");
    assert_eq!(scratch.run("synth spec.yaml").ended(0).stdout, "unchanged output/orders-db\n");
    scratch.write("spec.yaml", changed());
    scratch.run("synth spec.yaml").refused("bundle-in-use");
    assert_eq!(scratch.tree("output"), before);
}

#[test]
fn one_refused_bundle_does_not_keep_the_others_from_being_written() {
    let scratch = synthesized();
    scratch.write("output/orders-db/README.md", "edited");
    scratch.write("other.yaml", changed().replace("orders-db", "other-db").replace("prod/orders", "prod/other"));
    let run = scratch.run("synth spec.yaml other.yaml").refused("bundle-edited");
    assert_eq!(run.stdout, "created output/other-db\n");
}

#[test]
fn an_output_that_cannot_be_written_is_said_to_be_so() {
    let scratch = Scratch::with_spec();
    scratch.write("file", "mine");
    scratch.run("synth spec.yaml --out file").refused("output-unwritable");
    scratch.run("synth spec.yaml --out file/below").refused("output-unwritable");
    scratch.write("out/orders-db", "a file where the bundle's folder is to be");
    scratch.run("synth spec.yaml --out out").refused("output-unwritable");
    fs::create_dir_all(scratch.path("manifest/orders-db/.rotaform.sha256")).unwrap();
    scratch.run("synth spec.yaml --out manifest").refused("output-unwritable");
    fs::create_dir_all(scratch.path("folder/orders-db/README.md")).unwrap();
    scratch.run("synth spec.yaml --out folder").refused("output-unwritable");
    scratch.write("part/orders-db/terraform", "a file where a folder is to be");
    scratch.run("synth spec.yaml --out part").refused("output-unwritable");
    assert_eq!(scratch.read("file"), "mine");
    assert_eq!(fs::read_dir(scratch.path("part")).unwrap().count(), 1, "a half-built folder is left");
}

#[test]
fn a_bundle_folder_that_is_a_link_is_left_alone() {
    let scratch = synthesized();
    fs::create_dir(scratch.path("linked")).unwrap();
    symlink("../output/orders-db", scratch.path("linked/orders-db")).unwrap();
    scratch.write("spec.yaml", changed());
    let before = (scratch.tree("output"), scratch.tree("linked"));
    scratch.run("synth spec.yaml --out linked").refused("output-unwritable");
    assert_eq!((scratch.tree("output"), scratch.tree("linked")), before);
    // A link to the folder of all bundles is fine: nothing is put in its place.
    symlink("output", scratch.path("all")).unwrap();
    scratch.run("synth spec.yaml --out all").ended(0);
}

#[test]
fn a_list_of_files_that_was_tampered_with_leads_nowhere_else() {
    let scratch = synthesized();
    let list = "output/orders-db/.rotaform.sha256";
    let outside = scratch.write("outside.txt", "private");
    let digest = "0".repeat(64);
    let lines = format!("{digest}  ../../outside.txt\n{digest}  {}\n{digest}  /dev/zero\n", outside.display());
    scratch.write(list, scratch.read(list) + &lines);
    let run = scratch.run("check spec.yaml").ended(0);
    assert!(!run.stdout.contains("private"), "{}", run.stdout);
    scratch.write("spec.yaml", changed());
    scratch.run("synth spec.yaml --force").ended(0);
    assert_eq!(scratch.read("outside.txt"), "private");
    scratch.run("check spec.yaml").ended(0);
}

#[test]
fn a_binary_file_that_changed_is_not_printed() {
    let scratch = Scratch::new();
    scratch.write("spec.yaml", spec_with("/function/source/directory", "code"));
    scratch.write("code/rotate.py", "def handler(event, context): ...\n");
    scratch.write("code/data.bin", [0, 159, 146, 150].repeat(1 << 18));
    scratch.run("synth spec.yaml").ended(0);
    scratch.write("code/data.bin", [0, 159, 146, 151].repeat(1 << 18));
    let run = scratch.run("check spec.yaml").ended(3);
    assert!(
        run.stdout.contains("Binary files a/orders-db/function/data.bin and b/orders-db/function/data.bin differ\n"),
        "{}",
        run.stdout
    );
}
