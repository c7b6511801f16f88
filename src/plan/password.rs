//! What generated passwords look like: one set for the generator and the function.

use std::collections::BTreeSet;

use crate::spec::{Engine, Password, Profile};

/// All punctuation that AWS's generator uses (`GetRandomPassword`, API reference).
pub const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// The shape of generated passwords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordShape {
    /// Characters in a password.
    pub length: u32,
    /// Characters that it never holds, sorted.
    pub exclude: String,
}

impl PasswordShape {
    /// The shape that a spec asks for.
    pub fn of(password: &Password, engine: Option<Engine>) -> Self {
        // What no driver, connection string or RDS itself takes.
        let mut excluded: BTreeSet<char> = "/@\"'\\: ".chars().collect();
        if engine == Some(Engine::Db2) {
            // Db2's connection string ends a value with it.
            excluded.insert(';');
        }
        match password.profile {
            Profile::Default => {}
            // All but the unreserved characters of RFC 3986.
            Profile::UriSafe => excluded.extend(PUNCTUATION.chars().filter(|c| !"-._~".contains(*c))),
            // All but what a POSIX shell and cmd.exe take literally.
            Profile::ShellSafe => excluded.extend(PUNCTUATION.chars().filter(|c| !"-._+=,".contains(*c))),
            Profile::Alphanumeric => excluded.extend(PUNCTUATION.chars()),
        }
        excluded.extend(password.exclude.iter().flat_map(|exclude| exclude.chars()));
        let default_length = if engine == Some(Engine::Oracle) { 30 } else { 32 };
        Self { length: password.length.unwrap_or(default_length), exclude: excluded.into_iter().collect() }
    }

    /// The classes of which no character is left: the generator must then not be asked for one of each class.
    pub fn excluded_classes(&self) -> Vec<CharacterClass> {
        let classes = [
            (CharacterClass::Lowercase, "abcdefghijklmnopqrstuvwxyz"),
            (CharacterClass::Numbers, "0123456789"),
            (CharacterClass::Punctuation, PUNCTUATION),
            (CharacterClass::Uppercase, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        ];
        let is_excluded = |characters: &str| characters.chars().all(|c| self.exclude.contains(c));
        classes.into_iter().filter(|(_, characters)| is_excluded(characters)).map(|(class, _)| class).collect()
    }
}

/// A class of characters that AWS's generator knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the name of what it stands for")]
pub enum CharacterClass {
    Lowercase,
    Numbers,
    Punctuation,
    Uppercase,
}
