//! Bundles: everything that one spec becomes, first in memory, then on disk.

mod disk;
mod function;
mod lock;
mod manifest;
mod readme;
mod swap;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

pub use disk::{CODES, Change, Outcome, Write, compare, write};
pub use function::digest;
pub use lock::Lock;
pub use manifest::{MANIFEST, Manifest, Zip};

use crate::check::Checked;
use crate::plan::plan;
use crate::target::{CodeName, Format, cloudformation, terraform};

/// Everything that one spec becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The spec's name, which is the folder's.
    pub name: String,
    /// Each file's path below the folder, with its content.
    pub files: BTreeMap<String, Vec<u8>>,
    /// A digest of what makes the secret's first value; absent where no secret is created.
    pub first_value: Option<String>,
    /// The function's zip; absent where its code is not in the bundle.
    pub zip: Option<Zip>,
}

/// Which targets a bundle holds, and in which format.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Whether it holds CloudFormation.
    pub cloudformation: bool,
    /// Whether it holds Terraform.
    pub terraform: bool,
    /// The documents' format.
    pub format: Format,
}

impl Default for Choice {
    fn default() -> Self {
        Self { cloudformation: true, terraform: true, format: Format::Native }
    }
}

/// Makes the bundle of a checked spec: plans, lowers to the chosen targets, adds the function and the README.
pub fn bundle(checked: &Checked, choice: Choice) -> Bundle {
    let plan = plan(checked);
    let mut files: BTreeMap<String, Vec<u8>> = function::files(checked);
    let function = &checked.spec().function;
    let (runtime, architecture) = (function.runtime(), function.architecture.word());
    let digest = (!files.is_empty()).then(|| digest(runtime, architecture, &files));
    let code = CodeName { name: plan.name.clone(), digest };
    let zip = code.zip().map(|name| Zip { name, runtime: runtime.to_owned(), architecture: architecture.to_owned() });
    let mut add = |path: String, text: String| files.insert(path, text.into_bytes());
    if choice.cloudformation {
        let (path, text) = cloudformation::lower(&plan, &code, choice.format);
        add(path, text);
    }
    if choice.terraform {
        for (path, text) in terraform::lower(&plan, &code, choice.format) {
            add(path, text);
        }
    }
    add("README.md".to_owned(), readme::readme(&plan, checked, &code, choice));
    let first_value = cloudformation::first_value(&plan).map(|text| sha256(text.as_bytes()));
    Bundle { name: plan.name, files, first_value, zip }
}

/// SHA-256 in lower-case hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
