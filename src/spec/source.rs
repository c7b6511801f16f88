//! Finds and loads the user's files.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
                if let Err(error) = folder(path, &mut found) {
                    errors.push(unreadable(path, &error));
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
    // The same file named twice is one spec.
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|path| seen.insert(path.clone()));
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

fn folder(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type()?;
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            if !entry.path().join(crate::bundle::MANIFEST).exists() {
                folder(&entry.path(), found)?;
            }
        } else if [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending)) && !entry.path().is_dir() {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Loads a file, or standard input for `-`.
///
/// # Errors
/// It cannot be read, is too large, or is not UTF-8.
pub fn load(path: &Path) -> Result<Arc<File>, Diagnostic> {
    let shown = path.display().to_string();
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == STANDARD_INPUT {
        std::io::stdin().lock().take(LARGEST_FILE + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(path, &error))?;
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
