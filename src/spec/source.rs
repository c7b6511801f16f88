//! Finds and loads the user's files.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::codes;
use crate::diagnostic::{Diagnostic, File};

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";
/// Bytes that a spec's file may have.
const LARGEST_FILE: u64 = 1 << 20;

/// The files that paths name: files as they are, folders with all YAML and JSON files below them, sorted.
/// Hidden folders and folders that rotaform wrote are left out.
///
/// # Errors
/// A finding for each path that cannot be read, and for each folder without a file.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            found.push(path.clone());
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let before = found.len();
                if let Err(finding) = folder(path, &mut found) {
                    errors.push(finding);
                } else if found.len() == before {
                    errors.push(
                        Diagnostic::in_path(
                            &codes::SPECS_MISSING,
                            path.display().to_string(),
                            "this folder holds no spec",
                        )
                        .help("put `.yaml` files in it, or name another folder"),
                    );
                }
            }
            Ok(_) => found.push(path.clone()),
            Err(error) => errors.push(unreadable(path, &error)),
        }
    }
    // The same file named twice is one spec, whichever way it is named.
    if paths.len() > 1 {
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

fn folder(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
    let failed = |error| unreadable(path, &error);
    let mut entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type().map_err(failed)?;
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            if !entry.path().join(crate::bundle::MANIFEST).exists() {
                folder(&entry.path(), found)?;
            }
        } else if is_spec(&name) && !entry.path().is_dir() {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// YAML and JSON files, but not the schema that `rotaform schema` prints for the editor.
fn is_spec(name: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending)) && !name.ends_with(".schema.json")
}

/// Loads a file, or standard input for `-`.
///
/// # Errors
/// It cannot be read, is too large, or is not UTF-8.
pub fn load(path: &Path) -> Result<Arc<File>, Diagnostic> {
    // It can be read once only, and a run reads each spec twice: to check it, and to compile it.
    static INPUT: OnceLock<Result<Arc<File>, Diagnostic>> = OnceLock::new();
    if path.as_os_str() == STANDARD_INPUT {
        return INPUT.get_or_init(|| text(path, std::io::stdin().lock())).clone();
    }
    load_file(path)
}

/// Loads a file, whatever its name.
///
/// # Errors
/// It cannot be read, is no regular file, is too large, or is not UTF-8.
pub fn load_file(path: &Path) -> Result<Arc<File>, Diagnostic> {
    let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    // A pipe could keep the run waiting for ever; a device never ends.
    if !kind.is_file() {
        let what = if kind.is_dir() { "a folder" } else { "a pipe or a device" };
        return Err(Diagnostic::in_path(
            &codes::FILE_UNREADABLE,
            path.display().to_string(),
            format!("this is {what}, not a file"),
        )
        .help("name a file; `-` reads standard input"));
    }
    text(path, fs::File::open(path).map_err(|error| unreadable(path, &error))?)
}

fn text(path: &Path, from: impl Read) -> Result<Arc<File>, Diagnostic> {
    let shown = path.display().to_string();
    let mut bytes = Vec::new();
    from.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(Diagnostic::in_path(&codes::FILE_TOO_LARGE, shown, "this file is larger than 1 MiB")
            .help("name a spec, or split it over several files"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        Diagnostic::in_path(
            &codes::FILE_NOT_UTF8,
            path.display().to_string(),
            format!("this file is not UTF-8: byte {valid} is the first that is not"),
        )
        .help("save it as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    Ok(Arc::new(File { path: shown, text }))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::in_path(
        &codes::FILE_UNREADABLE,
        path.display().to_string(),
        format!("this cannot be read: {}", reason(error)),
    )
    .help("check the path's spelling, and that you may read it")
}

/// An operating system's error without its number, which differs between systems.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
