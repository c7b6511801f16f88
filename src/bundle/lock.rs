//! One run at a time in an output folder, and the traces of a run that was killed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::disk::unwritable;
use super::swap::{NEW, OLD, remove_folder};
use crate::diagnostic::Diagnostic;

/// An output folder that this run alone writes to. Until it is dropped, others wait.
#[derive(Debug)]
pub struct Lock {
    /// The system gives the lock up with the file, also when the process is killed.
    _folder: Option<File>,
}

impl Lock {
    /// Waits until no other run writes to the folder, and clears what a killed run left in it.
    ///
    /// # Errors
    /// The folder cannot be made or read.
    pub fn new(out: &Path) -> Result<Self, Diagnostic> {
        Self::take(out).map_err(|error| unwritable(out, &error))
    }

    fn take(out: &Path) -> io::Result<Self> {
        fs::create_dir_all(out)?;
        // Where folders cannot be opened or locked (Windows, some network disks), runs must not overlap.
        let folder = File::open(out).ok().filter(|folder| folder.lock().is_ok());
        for entry in fs::read_dir(out)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str().and_then(|name| name.strip_prefix('.')) else { continue };
            if name.ends_with(NEW) {
                // What cannot be removed is in the way of that one bundle alone, which then says so.
                let _ = remove_folder(&entry.path());
            } else if let Some(bundle) = name.strip_suffix(OLD) {
                // The run was killed between its two renames.
                if out.join(bundle).exists() {
                    let _ = remove_folder(&entry.path());
                } else {
                    fs::rename(entry.path(), out.join(bundle))?;
                }
            }
        }
        Ok(Self { _folder: folder })
    }
}
