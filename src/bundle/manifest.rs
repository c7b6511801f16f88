//! The bundle's own list of its files: tells what somebody edited since it was written.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::{Bundle, sha256};

/// The list's file name. `sha256sum --check` reads it.
pub const MANIFEST: &str = ".rotaform.sha256";

const FIRST_VALUE: &str = "# first-value ";
const FUNCTION: &str = "# function ";

/// What a bundle held when it was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Each file's path with the digest of its content.
    pub files: BTreeMap<String, String>,
    /// The digest of what makes the secret's first value.
    pub first_value: Option<String>,
    /// The function's zip, when its code is in the bundle.
    pub zip: Option<Zip>,
}

/// The function's zip: its name, and what its drivers are chosen for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zip {
    /// The file name, which holds a digest of the content.
    pub name: String,
    /// The Lambda runtime.
    pub runtime: String,
    /// The processor architecture.
    pub architecture: String,
}

impl Manifest {
    /// The list of a bundle.
    pub fn of(bundle: &Bundle) -> Self {
        let files = bundle.files.iter().map(|(path, content)| (path.clone(), sha256(content))).collect();
        Self { files, first_value: bundle.first_value.clone(), zip: bundle.zip.clone() }
    }

    /// Reads a list. Lines that say nothing known are left out, so that a newer list is still of use.
    pub fn parse(text: &str) -> Self {
        let mut manifest = Self::default();
        for line in text.lines() {
            if let Some(digest) = line.strip_prefix(FIRST_VALUE) {
                manifest.first_value = Some(digest.trim().to_owned());
            } else if let Some(zip) = line.strip_prefix(FUNCTION) {
                let words: Vec<&str> = zip.split_whitespace().collect();
                if let [name, runtime, architecture] = words.as_slice() {
                    let owned = |word: &str| word.to_owned();
                    manifest.zip =
                        Some(Zip { name: owned(name), runtime: owned(runtime), architecture: owned(architecture) });
                }
            } else if let Some((digest, path)) = line.split_once("  ")
                && !line.starts_with('#')
                && is_inside(path)
            {
                manifest.files.insert(path.to_owned(), digest.to_owned());
            }
        }
        manifest
    }

    /// The list as text.
    pub fn print(&self) -> String {
        let mut text =
            String::from("# Written by rotaform. `sha256sum --check .rotaform.sha256` tells what was edited since.\n");
        if let Some(digest) = &self.first_value {
            text.push_str(&format!("{FIRST_VALUE}{digest}\n"));
        }
        if let Some(zip) = &self.zip {
            text.push_str(&format!("{FUNCTION}{} {} {}\n", zip.name, zip.runtime, zip.architecture));
        }
        for (path, digest) in &self.files {
            text.push_str(&format!("{digest}  {path}\n"));
        }
        text
    }
}

/// A list that somebody tampered with must not lead out of its folder.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|component| matches!(component, Component::Normal(_)))
}
