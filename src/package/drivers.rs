//! The function's drivers, by pip, pinned by hash: a company's own index works as it does for everything else.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::bundle::Zip;
use crate::diagnostic::{At, Code, Diagnostic, Level};

pub static NO_PIP: Code = Code {
    name: "pip-missing",
    level: Level::Error,
    summary: "pip cannot be run",
    explanation: "The drivers are installed with `python3 -m pip`. Any Python 3 with pip will do, on any processor: pip fetches the wheels for Lambda. \
        The variable PYTHON names another interpreter.",
};

pub static PIP_FAILED: Code = Code {
    name: "pip-failed",
    level: Level::Error,
    summary: "pip could not install the drivers",
    explanation: "pip's own words are in the finding. Without a way to PyPI, set PIP_INDEX_URL to an index that you reach. \
        Every requirement must be pinned with its version and its hashes, those of its dependencies too: pip runs with --require-hashes and --no-deps.",
};

pub static TOO_LARGE: Code = Code {
    name: "package-too-large",
    level: Level::Error,
    summary: "the function is larger than Lambda takes",
    explanation: "Lambda takes 250 MB unzipped, layers included (Lambda developer guide, \"Lambda quotas\"). Use a container image: `function.source: { image: … }`.",
};

/// Bytes that Lambda takes unzipped.
const LARGEST: usize = 250 << 20;

/// Installs the requirements for the zip's runtime and architecture and gives back their files.
///
/// # Errors
/// pip is missing or fails.
pub fn install(requirements: &[u8], zip: &Zip) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    let failed =
        |why: String| Diagnostic::new(&PIP_FAILED, At::Run, format!("pip could not install the drivers: {why}"));
    let folder = tempfile::tempdir().map_err(|error| failed(crate::spec::reason(&error)))?;
    let list = folder.path().join("requirements.txt");
    let target = folder.path().join("drivers");
    std::fs::write(&list, requirements).map_err(|error| failed(crate::spec::reason(&error)))?;
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"])
        .args(["--require-hashes", "--no-deps", "--only-binary", ":all:", "--implementation", "cp"])
        .args(["--python-version", zip.runtime.trim_start_matches("python")])
        .args(platforms(&zip.architecture).iter().flat_map(|platform| ["--platform", platform]))
        .arg("--target")
        .arg(&target)
        .arg("--requirement")
        .arg(&list)
        .stdin(Stdio::null());
    let output = pip.output().map_err(|error| {
        let shown = python.to_string_lossy();
        Diagnostic::new(&NO_PIP, At::Run, format!("`{shown} -m pip` cannot be run: {}", crate::spec::reason(&error)))
            .help("install Python 3 with pip, or set PYTHON to one")
    })?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        if words.contains("No module named pip") {
            return Err(Diagnostic::new(&NO_PIP, At::Run, "this Python has no pip")
                .help("install pip, or set PYTHON to a Python that has it"));
        }
        let last = words
            .lines()
            .rev()
            .find(|line| line.contains("ERROR"))
            .or(words.lines().last())
            .unwrap_or("no reason given");
        return Err(failed(last.trim_start_matches("ERROR: ").to_owned()).help(
            "check the way to PyPI (PIP_INDEX_URL sets another index), and that each requirement has its hashes",
        ));
    }
    let files = super::folder(&target, "").map_err(|error| failed(crate::spec::reason(&error)))?;
    Ok(files.into_iter().filter(|(path, _)| is_wanted(path)).collect())
}

/// Lambda's Python runs on Amazon Linux 2023, whose C library is 2.34.
fn platforms(architecture: &str) -> &'static [&'static str] {
    match architecture {
        "x86_64" => &["manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux2014_x86_64"],
        _ => &["manylinux_2_34_aarch64", "manylinux_2_28_aarch64", "manylinux2014_aarch64"],
    }
}

/// Scripts carry this machine's paths, and pip's records list them.
fn is_wanted(path: &str) -> bool {
    let is_record = ["/RECORD", "/INSTALLER", "/REQUESTED", "/direct_url.json"].iter().any(|name| path.ends_with(name));
    !(path.starts_with("bin/") || path.contains(".dist-info/") && is_record)
}

/// Whether Lambda takes the files.
///
/// # Errors
/// They are too large together.
pub fn fits(files: &BTreeMap<String, Vec<u8>>, bundle: &str) -> Result<(), Diagnostic> {
    let size: usize = files.values().map(Vec::len).sum();
    if size <= LARGEST {
        return Ok(());
    }
    Err(Diagnostic::in_path(
        &TOO_LARGE,
        bundle,
        format!("the function is {} MB unzipped; Lambda takes 250", size >> 20),
    )
    .help("use a container image: `function.source: { image: … }`"))
}
