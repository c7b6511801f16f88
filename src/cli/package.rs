//! `rotaform package`: the function's zip.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Ending;
use super::output::Output;
use crate::package;

/// Runs the command.
pub fn run(bundle: &Path, output: &Output) -> Ending {
    match package::package(bundle) {
        Ok(package) => {
            let hexadecimal: String = package.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
            output.line(&format!("{} ({} KB)", bundle.join(&package.name).display(), package.size.div_ceil(1000)));
            output.line(&format!("sha256 {hexadecimal}"));
            output.line(&format!(
                "sha256 in base64, for Terraform's `function_zip_hash`: {}",
                STANDARD.encode(package.sha256)
            ));
            Ending::Fine
        }
        Err(finding) => {
            output.findings(&[finding]);
            Ending::Refused
        }
    }
}
