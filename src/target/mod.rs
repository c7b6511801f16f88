//! Stage four, *lower*: spells a plan in one target's words.
//!
//! This stage decides nothing and cannot fail. Both targets match [`Resource`](crate::plan::Resource) without
//! a wildcard, so a resource that one of them forgot does not compile.

pub mod cloudformation;
pub mod judges;
pub mod overrides;
pub mod terraform;

/// How documents are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// As people write them: commented YAML, commented HCL.
    #[default]
    Native,
    /// As JSON, without comments.
    Json,
}

/// What a target must know about the function's code besides the plan.
#[derive(Debug, Clone)]
pub struct CodeName {
    /// The spec's name.
    pub name: String,
    /// A digest of the code's content, in lower-case hexadecimal; absent where the code is not there yet.
    pub digest: Option<String>,
}

impl CodeName {
    /// The zip's file name, if there is code; other content has another name.
    pub fn zip(&self) -> Option<String> {
        let digest = self.digest.as_ref()?;
        Some(format!("{}-rotation-{}.zip", self.name, digest.get(..16).unwrap_or(digest)))
    }
}
