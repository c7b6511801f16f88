//! Bundles on disk: written whole or not at all, and never over somebody's work.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use similar::TextDiff;

use super::manifest::{MANIFEST, Manifest};
use super::swap::replace;
use super::{Bundle, sha256};
use crate::diagnostic::{Code, Diagnostic, Level};

/// Where Terraform says that it is writing its local state.
const STATE_LOCK: &str = "terraform/.terraform.tfstate.lock.info";

/// What may be overwritten.
#[derive(Debug, Clone, Copy, Default)]
pub struct Write {
    /// Overwrite files that somebody edited.
    pub force: bool,
    /// Accept that the secret gets a new first password.
    pub accept_new_password: bool,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What became of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Created,
    /// It was there and differed.
    Updated,
    /// It was there and is the same.
    Unchanged,
}

/// A file that differs between a bundle and the disk.
#[derive(Debug)]
pub struct Change {
    /// The bundle's name.
    bundle: String,
    /// The file's path below the bundle's folder.
    pub path: String,
    /// Whether somebody edited the file since it was written.
    pub edited: bool,
    /// What stands on disk.
    before: Option<Vec<u8>>,
    /// What the spec gives.
    after: Option<Vec<u8>>,
}

static EDITED: Code = Code {
    name: "bundle-edited",
    level: Level::Error,
    summary: "a generated file was edited since it was written",
    explanation: "Writing the bundle would lose the edit. Put what the edit does into the spec (its `overrides` reach any property), \
        or move it to a file of its own, and synthesize again; `--force` overwrites the file.",
};

static PASSWORD: Code = Code {
    name: "first-value-changed",
    level: Level::Error,
    summary: "the change would make a new password over a live one",
    explanation: "CloudFormation makes a new random password, and makes it current, whenever anything below GenerateSecretString changes; a new name \
        makes a new secret. The database does not know that password, so every client is locked out until a rotation with a superuser heals it. \
        Undo the change of secret.name, secret.username, secret.password or, for functions that are not rotaform's own, of what the first value holds. \
        Where nothing is deployed yet, or the lock-out is planned, pass `--accept-new-password`.",
};

static IN_USE: Code = Code {
    name: "bundle-in-use",
    level: Level::Error,
    summary: "Terraform is at work in the bundle",
    explanation: "A bundle's folder is replaced whole. A `terraform apply` that runs inside it would write its state into the folder that is gone. \
        Wait until it has ended. If none runs, it was killed: `terraform force-unlock` removes its lock.",
};

static UNWRITABLE: Code = Code {
    name: "output-unwritable",
    level: Level::Error,
    summary: "the output cannot be written",
    explanation: "The output folder cannot be created or written to. What stood there before still stands.",
};

/// The kinds of findings about bundles on disk.
pub static CODES: &[&Code] = &[&EDITED, &PASSWORD, &IN_USE, &UNWRITABLE];

/// Files that are larger are not compared line by line.
const LONGEST_DIFF: usize = 1 << 20;

impl Change {
    /// The difference as a unified diff.
    pub fn diff(&self) -> String {
        let text = |content: &Option<Vec<u8>>| match content {
            None => Some(String::new()),
            Some(content) if content.len() > LONGEST_DIFF || content.contains(&0) => None,
            Some(content) => String::from_utf8(content.clone()).ok(),
        };
        let name = |prefix: &str, content: &Option<Vec<u8>>| match content {
            Some(_) => format!("{prefix}/{}/{}", self.bundle, self.path),
            None => "/dev/null".to_owned(),
        };
        let (from, to) = (name("a", &self.before), name("b", &self.after));
        match (text(&self.before), text(&self.after)) {
            (Some(before), Some(after)) => {
                TextDiff::from_lines(before.as_str(), after.as_str()).unified_diff().header(&from, &to).to_string()
            }
            _ => format!("Binary files {from} and {to} differ\n"),
        }
    }
}

/// What differs between a bundle and its folder below `out`.
///
/// # Errors
/// The folder cannot be read.
pub fn compare(bundle: &Bundle, out: &Path) -> Result<Vec<Change>, Diagnostic> {
    let folder = out.join(&bundle.name);
    let known = read_manifest(&folder).map_err(|error| unwritable(&folder, &error))?;
    differences(bundle, &Manifest::of(bundle), &known.unwrap_or_default(), &folder)
        .map_err(|error| unwritable(&folder, &error))
}

/// What differs between a bundle and its folder, which held what `known` lists when it was written.
fn differences(bundle: &Bundle, manifest: &Manifest, known: &Manifest, folder: &Path) -> io::Result<Vec<Change>> {
    let paths: BTreeSet<&String> = bundle.files.keys().chain(known.files.keys()).collect();
    let mut changes = Vec::new();
    for path in paths {
        let before = read(&folder.join(path))?;
        let after = bundle.files.get(path);
        if before.as_ref() == after {
            continue;
        }
        let edited = match (&before, known.files.get(path)) {
            (Some(content), Some(digest)) => sha256(content) != *digest,
            // A file of somebody's own where one of ours is to stand.
            (Some(_), None) => true,
            (None, _) => false,
        };
        changes.push(Change { bundle: bundle.name.clone(), path: path.clone(), edited, before, after: after.cloned() });
    }
    // The list changes with every file; by itself it does only when somebody removed it or changed what it says.
    if changes.is_empty() && known != manifest {
        let before = read(&folder.join(MANIFEST))?;
        changes.push(Change {
            bundle: bundle.name.clone(),
            path: MANIFEST.to_owned(),
            edited: false,
            before,
            after: Some(manifest.print().into_bytes()),
        });
    }
    Ok(changes)
}

/// Writes a bundle to its folder below `out`, or leaves the folder as it was.
///
/// Files in the folder that rotaform did not write (Terraform's state, its lock file) stay.
///
/// # Errors
/// Somebody's edit, or a live password, would be lost; the disk refuses.
pub fn write(bundle: &Bundle, out: &Path, allowed: Write) -> Result<(Outcome, Vec<Change>), Vec<Diagnostic>> {
    let folder = out.join(&bundle.name);
    let failed = |error: io::Error| vec![unwritable(&folder, &error)];
    // Neither a link to a folder nor a file may be swapped away.
    if fs::symlink_metadata(&folder).is_ok_and(|found| !found.is_dir()) {
        return Err(vec![
            Diagnostic::in_path(
                &UNWRITABLE,
                folder.display().to_string(),
                "this is not a folder, and the bundle's folder would replace it",
            )
            .help("move it away, or name another folder with `--out`"),
        ]);
    }
    let existing = read_manifest(&folder).map_err(failed)?;
    let manifest = Manifest::of(bundle);
    let changes = match &existing {
        Some(known) => differences(bundle, &manifest, known, &folder),
        None => differences(bundle, &manifest, &Manifest::default(), &folder),
    }
    .map_err(failed)?;
    let refused = refused(bundle, &folder, existing.as_ref(), &changes, allowed);
    if !refused.is_empty() {
        return Err(refused);
    }
    let outcome = match &existing {
        None => Outcome::Created,
        Some(_) if changes.is_empty() => Outcome::Unchanged,
        Some(_) => Outcome::Updated,
    };
    if outcome != Outcome::Unchanged && !allowed.dry_run {
        replace(bundle, &manifest, existing.as_ref(), out, &folder).map_err(failed)?;
    }
    Ok((outcome, changes))
}

fn refused(
    bundle: &Bundle,
    folder: &Path,
    existing: Option<&Manifest>,
    changes: &[Change],
    allowed: Write,
) -> Vec<Diagnostic> {
    let mut refused = Vec::new();
    for change in changes.iter().filter(|change| change.edited && !allowed.force) {
        refused.push(
            Diagnostic::in_path(
                &EDITED,
                folder.join(&change.path).display().to_string(),
                "this file was edited since rotaform wrote it, and the edit would be lost",
            )
            .help("move the edit into the spec (`overrides` reaches any property), or pass `--force`"),
        );
    }
    if !changes.is_empty() && folder.join(STATE_LOCK).exists() {
        refused.push(
            Diagnostic::in_path(
                &IN_USE,
                folder.join(STATE_LOCK).display().to_string(),
                "Terraform is at work in this bundle, and its state would be lost",
            )
            .help("wait until it has ended; if it was killed, `terraform force-unlock` removes the lock"),
        );
    }
    let before = existing.and_then(|manifest| manifest.first_value.as_ref());
    if let (Some(before), Some(after)) = (before, &bundle.first_value)
        && before != after
        && !allowed.accept_new_password
    {
        refused.push(
            Diagnostic::in_path(
                &PASSWORD,
                folder.display().to_string(),
                "this change would replace the live password with one that the database does not know",
            )
            .help("undo the change of the secret's name, login or password shape; or pass `--accept-new-password`"),
        );
    }
    refused
}

pub(super) fn unwritable(folder: &Path, error: &io::Error) -> Diagnostic {
    let reason = crate::spec::reason(error);
    Diagnostic::in_path(&UNWRITABLE, folder.display().to_string(), format!("this cannot be written: {reason}"))
        .help("check the path given with `--out`, and that you may write there")
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The list of what was written, if the folder was written by rotaform.
fn read_manifest(folder: &Path) -> io::Result<Option<Manifest>> {
    Ok(read(&folder.join(MANIFEST))?.map(|content| Manifest::parse(&String::from_utf8_lossy(&content))))
}
