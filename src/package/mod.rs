//! The function's zip: the bundle's `function` folder with its drivers, the same bytes on every machine.

mod archive;
mod drivers;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::bundle::{MANIFEST, Manifest, digest};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::spec::reason;

static NO_BUNDLE: Code = Code {
    name: "bundle-missing",
    level: Level::Error,
    summary: "the folder is not a bundle",
    explanation: "`rotaform package` takes a folder that `rotaform synth` wrote, such as `output/orders-db`.",
};

static NO_FUNCTION: Code = Code {
    name: "function-code-missing",
    level: Level::Error,
    summary: "the bundle holds no code to package",
    explanation: "The function's code is elsewhere (`function.source` is `s3`, `image`, `arn` or `aws-hosted`, or AWS rotates by itself), \
        or rotaform's own function does not speak this engine: then `function.source` must name code that does.",
};

static EDITED: Code = Code {
    name: "function-edited",
    level: Level::Error,
    summary: "the function's files are not what the bundle was written with",
    explanation: "The zip is named after its content, and the templates name the zip. A file that was edited, added or removed would hide under the old name. \
        Synthesize again; code of your own goes into a folder that `function.source: { directory: … }` names.",
};

static UNREADABLE: Code = Code {
    name: "package-unwritable",
    level: Level::Error,
    summary: "the zip cannot be made",
    explanation: "A file of the function cannot be read, or the zip cannot be written beside it.",
};

/// The kinds of findings about packages.
pub static CODES: &[&Code] =
    &[&NO_BUNDLE, &NO_FUNCTION, &EDITED, &UNREADABLE, &drivers::NO_PIP, &drivers::PIP_FAILED, &drivers::TOO_LARGE];

/// A zip that was made.
#[derive(Debug)]
pub struct Package {
    /// Its file name, beside the bundle's README.
    pub name: String,
    /// Its bytes.
    pub size: usize,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

/// Makes the zip of a bundle's function and puts it into the bundle's folder.
///
/// # Errors
/// The folder is no bundle, its function was edited, or its drivers cannot be had.
pub fn package(bundle: &Path) -> Result<Package, Diagnostic> {
    use sha2::Digest;
    let shown = bundle.display().to_string();
    let unreadable = |error: io::Error| {
        Diagnostic::in_path(
            &UNREADABLE,
            bundle.display().to_string(),
            format!("the zip cannot be made: {}", reason(&error)),
        )
    };
    let Ok(manifest) = fs::read_to_string(bundle.join(MANIFEST)) else {
        return Err(Diagnostic::in_path(&NO_BUNDLE, shown, "this is not the folder of a bundle")
            .help("name a folder that `rotaform synth` wrote"));
    };
    let Some(zip) = Manifest::parse(&manifest).zip else {
        return Err(Diagnostic::in_path(&NO_FUNCTION, shown, "this bundle holds no code to package")
            .help("`rotaform explain function-code-missing` tells why"));
    };
    let files = folder(&bundle.join("function"), "function/").map_err(unreadable)?;
    let expected = digest(&zip.runtime, &zip.architecture, &files);
    if !zip.name.contains(expected.get(..16).unwrap_or(&expected)) {
        return Err(Diagnostic::in_path(
            &EDITED,
            bundle.join("function").display().to_string(),
            "these files are not what the bundle was written with",
        )
        .help("run `rotaform synth` again; keep code of your own in `function.source: { directory: … }`"));
    }
    let mut content: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(path, bytes)| (path.trim_start_matches("function/").to_owned(), bytes)).collect();
    if let Some(requirements) = content.get("requirements.txt").cloned() {
        for (path, bytes) in drivers::install(&requirements, &zip)? {
            // The function's own file wins over a driver's of the same name.
            content.entry(path).or_insert(bytes);
        }
    }
    let bytes = archive::zip(&content).map_err(unreadable)?;
    drivers::fits(&content, &shown)?;
    let target = bundle.join(&zip.name);
    // A half-written zip must not be found under the name that promises its content.
    let unfinished = bundle.join(format!("{}.new", zip.name));
    fs::write(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, &target)).map_err(unreadable)?;
    Ok(Package { name: zip.name, size: bytes.len(), sha256: sha2::Sha256::digest(&bytes).into() })
}

/// Every file below a folder, without what Python leaves behind.
fn folder(path: &Path, prefix: &str) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "__pycache__" || name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            files.extend(folder(&entry.path(), &format!("{prefix}{name}/"))?);
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(entry.path())?);
        }
    }
    Ok(files)
}
