//! Puts a finished folder in the place of the old one, with what others keep in it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Bundle;
use super::manifest::{MANIFEST, Manifest};

/// How the half-built folder of a bundle ends; it starts with a dot and the bundle's name.
pub(super) const NEW: &str = ".rotaform-new";
/// How the folder that a bundle had before ends.
pub(super) const OLD: &str = ".rotaform-old";

/// Builds the new folder beside the old one and swaps the two.
pub(super) fn replace(
    bundle: &Bundle,
    manifest: &Manifest,
    existing: Option<&Manifest>,
    out: &Path,
    folder: &Path,
) -> io::Result<()> {
    fs::create_dir_all(out)?;
    // A run that was killed may have left its half-built folder: nothing but ours is in it, or copies.
    let new = out.join(format!(".{}{NEW}", bundle.name));
    remove_folder(&new)?;
    fs::create_dir(&new)?;
    let built = build(bundle, manifest, existing, folder, &new).and_then(|()| swap(&new, folder));
    if built.is_err() {
        // The reason matters more than what clean-up has to say.
        let _ = remove_folder(&new);
    }
    built
}

fn build(
    bundle: &Bundle,
    manifest: &Manifest,
    existing: Option<&Manifest>,
    folder: &Path,
    new: &Path,
) -> io::Result<()> {
    let mut made = BTreeSet::new();
    for (path, content) in &bundle.files {
        let file = new.join(path);
        if let Some(parent) = file.parent()
            && made.insert(parent.to_path_buf())
        {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, content)?;
    }
    fs::write(new.join(MANIFEST), manifest.print())?;
    if folder.is_dir() {
        let ours = |path: &str| {
            path == MANIFEST
                || bundle.files.contains_key(path)
                || existing.is_some_and(|manifest| manifest.files.contains_key(path))
        };
        carry_over(folder, new, "", &ours)?;
    }
    Ok(())
}

/// Brings files that are not ours into the new folder: Terraform's state and plugins, notes, anything.
fn carry_over(from: &Path, to: &Path, prefix: &str, ours: &impl Fn(&str) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let (source, target) = (entry.path(), to.join(&name));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if fs::read_dir(&source)?.next().is_none() || !target.exists() {
                fs::create_dir_all(&target)?;
            }
            carry_over(&source, &target, &format!("{path}/"), ours)?;
            // A folder that held nothing but ours is gone with its files.
            let held_only_ours = fs::read_dir(&source)?.next().is_some() && fs::read_dir(&target)?.next().is_none();
            if held_only_ours {
                fs::remove_dir(&target)?;
            } else {
                fs::set_permissions(&target, fs::metadata(&source)?.permissions())?;
            }
        } else if !ours(&path) {
            carry(&source, &target, kind.is_symlink())?;
        }
    }
    Ok(())
}

fn carry(source: &Path, target: &Path, is_link: bool) -> io::Result<()> {
    #[cfg(unix)]
    if is_link {
        return std::os::unix::fs::symlink(fs::read_link(source)?, target);
    }
    let _ = is_link;
    // A hard link costs nothing, however large Terraform's plugins are.
    fs::hard_link(source, target).or_else(|_| fs::copy(source, target).map(drop))
}

/// Puts the new folder in the old one's place. On Linux and macOS in one step, so that no moment is without a whole bundle.
fn swap(new: &Path, folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return fs::rename(new, folder);
    }
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE).is_ok() {
            // What is left of the old folder is the next run's to clear.
            let _ = remove_folder(new);
            return Ok(());
        }
    }
    // Killed between the next two steps, the run leaves the old folder to [`Lock`], which puts it back.
    let old: PathBuf = new.with_extension(OLD.trim_start_matches('.'));
    remove_folder(&old)?;
    fs::rename(folder, &old)?;
    fs::rename(new, folder).or_else(|error| fs::rename(&old, folder).and(Err(error)))?;
    let _ = remove_folder(&old);
    Ok(())
}

pub(super) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        // Out of a folder that is read-only, nothing can be removed.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            make_writable(folder)?;
            fs::remove_dir_all(folder)
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives the owner back the right to change the folders; the files in them are linked elsewhere and keep theirs.
fn make_writable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            make_writable(&entry.path())?;
        }
    }
    Ok(())
}
