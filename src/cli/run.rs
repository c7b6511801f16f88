//! Specs from files to checked specs, one after the other or on all cores, without holding more than a few in memory.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::output::Output;
use super::{Ending, Specs};
use crate::check::run::Facts;
use crate::check::{self, Checked};
use crate::diagnostic::Diagnostic;
use crate::plan::plan;
use crate::spec::{self, Document, Overrides};
use crate::target::overrides;

/// Reads and checks every spec of a file.
pub fn checked(path: &Path) -> (Vec<Checked>, Vec<Diagnostic>) {
    each(path, |checked, _| checked)
}

/// As [`checked`], keeping what is wanted of each spec.
fn each<T>(path: &Path, keep: impl Fn(Checked, &Document) -> T) -> (Vec<T>, Vec<Diagnostic>) {
    let documents = match spec::documents(path) {
        Ok(documents) => documents,
        Err(found) => return (Vec::new(), found),
    };
    let mut accepted = Vec::new();
    let mut found = Vec::new();
    for document in documents {
        let spec = match spec::read(&document) {
            Ok(spec) => spec,
            Err(refused) => {
                found.extend(refused);
                continue;
            }
        };
        match spec::Shipped::read(&spec, &document) {
            Ok(shipped) => {
                let (checked, mut findings) = check::check(spec, shipped);
                if let Some(checked) =
                    checked.as_ref().filter(|checked| checked.spec().overrides != Overrides::default())
                {
                    findings.extend(overrides::unknown(&plan(checked)));
                }
                let refused = findings.iter().any(Diagnostic::is_error);
                found.extend(document.resolve(findings));
                accepted.extend(checked.filter(|_| !refused).map(|checked| keep(checked, &document)));
            }
            Err(refused) => found.extend(refused),
        }
    }
    (accepted, found)
}

/// Checks every spec, prints what was found, and gives back the files when nothing refuses them.
pub fn accepted(specs: &Specs, output: &Output) -> Result<Vec<PathBuf>, Ending> {
    let files = spec::files(&specs.paths).map_err(|found| {
        output.findings(&found);
        Ending::Refused
    })?;
    let (facts, found): (Vec<_>, Vec<_>) =
        files.par_iter().map(|path| each(path, |checked, document| Facts::of(checked.spec(), document))).unzip();
    let facts: Vec<Facts> = facts.into_iter().flatten().collect();
    let mut found: Vec<Diagnostic> = found.into_iter().flatten().collect();
    found.extend(check::run::across(&facts));
    if facts.is_empty() && found.is_empty() {
        let paths: Vec<String> = specs.paths.iter().map(|path| path.display().to_string()).collect();
        found.push(
            Diagnostic::in_path(
                &spec::SPECS_MISSING,
                paths.join(", "),
                "there is no spec here: only bases, which others extend",
            )
            .help("name a file whose spec has a `name`"),
        );
    }
    found.sort_by(|a, b| a.position().cmp(&b.position()));
    let refused = found.iter().any(|finding| finding.is_error() || specs.deny_warnings);
    output.findings(&found);
    if refused { Err(Ending::Refused) } else { Ok(files) }
}
