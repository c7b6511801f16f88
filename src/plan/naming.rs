//! One name in the spelling of each place it stands in.

/// `rotation-function`, `/network/vpc_id` to `RotationFunction`, `NetworkVpcId`.
pub fn pascal(name: &str) -> String {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .map(|word| {
            let mut characters = word.chars();
            characters
                .next()
                .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + characters.as_str())
        })
        .collect()
}

/// `DbSecurityGroup`, `rotation-function` to `db_security_group`, `rotation_function`.
/// A run of capitals is one word: `DBHost` becomes `db_host`.
pub fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (position, &character) in characters.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| characters.get(before));
        let next_is_lower = characters.get(position + 1).is_some_and(char::is_ascii_lowercase);
        let starts_word = character.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase() || before.is_ascii_digit() || (before.is_ascii_uppercase() && next_is_lower)
            });
        if starts_word {
            out.push('_');
        }
        out.push(if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '_' });
    }
    out
}
