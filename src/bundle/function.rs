//! The function's folder in a bundle.

use std::collections::BTreeMap;

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::blueprint::{self, Template};
use crate::check::Checked;

/// The function's files by their path in the bundle: ours, or the user's own; a CA bundle beside them.
pub fn files(checked: &Checked) -> BTreeMap<String, Vec<u8>> {
    let spec = checked.spec();
    let mut files = BTreeMap::new();
    let adapter = spec.database.as_ref().and_then(|database| blueprint::adapter(database.engine));
    if let (true, false, Some(adapter)) = (spec.function.is_bundled(), spec.strategy.is_managed(), adapter) {
        let strategy =
            if spec.strategy.is_alternating() { blueprint::ALTERNATING_USERS } else { blueprint::SINGLE_USER };
        for (name, text) in blueprint::FUNCTION_SHELL.iter().chain(adapter.files).chain([&strategy]) {
            files.insert((*name).to_owned(), text.as_bytes().to_vec());
        }
        let context = json!({
            "engine_module": adapter.module,
            "strategy_module": strategy.0.trim_end_matches(".py"),
        });
        files.insert("rotate.py".to_owned(), blueprint::render(Template::EntryPoint, &context).into_bytes());
        files.insert("requirements.txt".to_owned(), adapter.requirements.as_bytes().to_vec());
    }
    files.extend(checked.shipped().files.clone());
    files.into_iter().map(|(name, content)| (format!("function/{name}"), content)).collect()
}

/// What tells one function's code from another's: its files (`function/...`), and what its drivers are chosen for.
pub fn digest(runtime: &str, architecture: &str, files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{runtime} {architecture}\n"));
    for (path, content) in files {
        // Lengths keep two files from being read as one.
        hash.update(format!("{path} {}\n", content.len()));
        hash.update(content);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
