//! The user's files that are shipped with the function.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::source::reason;
use super::{Document, Spec, codes};
use crate::diagnostic::{Diagnostic, Route};

/// Bytes that the shipped files may have together.
const LARGEST: usize = 10 << 20;

/// How many there may be.
const MOST: usize = 2000;

/// Files of the user's that become part of the function, by their path below its folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shipped {
    /// Path to content.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Whether `function.source.directory` names a folder that is not there (yet).
    pub directory_missing: bool,
}

impl Shipped {
    /// Reads the files that a spec names.
    ///
    /// # Errors
    /// A finding for each that cannot be read.
    pub fn read(spec: &Spec, document: &Document) -> Result<Self, Vec<Diagnostic>> {
        let mut shipped = Self::default();
        let mut errors = Vec::new();
        if let Some(directory) = spec.function.directory() {
            let folder = document.folder.join(directory);
            shipped.directory_missing = !folder.is_dir();
            if folder.is_dir()
                && let Err(why) = shipped.add_folder(&folder, "")
            {
                errors.push(unreadable(Route::to("function.source.directory"), directory, &why));
            }
        }
        if let Some(path) = spec.database.as_ref().and_then(|database| database.ca_bundle.as_deref()) {
            let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // It stands beside the function's own files, which it must not replace.
            let is_code = name.to_lowercase().ends_with(".py") || name.eq_ignore_ascii_case("requirements.txt");
            let added = match is_code {
                true => Err(format!("`{name}` is the name of a file with code")),
                false => shipped.add_file(&document.folder.join(path), name),
            };
            if let Err(why) = added {
                errors.push(unreadable(Route::to("database.ca_bundle"), path, &why));
            }
        }
        if errors.is_empty() { Ok(shipped) } else { Err(document.resolve(errors)) }
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), String> {
        let mut entries: Vec<_> =
            fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| reason(&error))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().into_string().map_err(|_| "a file's name is not UTF-8".to_owned())?;
            let kind = entry.file_type().map_err(|error| reason(&error))?;
            // Hidden files and Python's caches are tools' own; they differ from machine to machine.
            if name.starts_with('.') || name == "__pycache__" {
                continue;
            }
            // The list of a bundle's files has one line for each.
            if name.contains(char::is_control) {
                return Err(format!("the name of `{prefix}{name}` holds a control character"));
            }
            if kind.is_symlink() {
                return Err(format!("`{prefix}{name}` is a symbolic link"));
            }
            if kind.is_dir() {
                // What rotaform wrote is not the function's: it would grow with every run.
                if entry.path().join(crate::bundle::MANIFEST).exists() {
                    continue;
                }
                self.add_folder(&entry.path(), &format!("{prefix}{name}/"))?;
            } else {
                self.add_file(&entry.path(), format!("{prefix}{name}"))?;
            }
        }
        Ok(())
    }

    fn add_file(&mut self, path: &Path, name: String) -> Result<(), String> {
        let length = fs::metadata(path).map_err(|error| reason(&error))?;
        let so_far: usize = self.files.values().map(Vec::len).sum();
        if !length.is_file() {
            return Err("it is not a regular file".to_owned());
        }
        if so_far as u64 + length.len() > LARGEST as u64 {
            return Err("the files are larger than 10 MiB together".to_owned());
        }
        if self.files.len() >= MOST {
            return Err(format!("there are more than {MOST} files"));
        }
        if self.files.contains_key(&name) {
            return Err(format!("the function's folder holds a `{name}` already"));
        }
        let content = fs::read(path).map_err(|error| reason(&error))?;
        self.files.insert(name, content);
        Ok(())
    }
}

fn unreadable(route: Route, path: &str, why: &str) -> Diagnostic {
    Diagnostic::at(
        &codes::SHIPPED_FILE_UNREADABLE,
        route,
        format!("`{path}` cannot be shipped with the function: {why}"),
    )
    .help("write a path relative to this file")
}
