//! What is excluded must leave the characters that the engine asks for (Redshift database developer guide,
//! "CREATE USER": one upper case letter, one lower case letter and one digit).

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Level, Route};
use crate::spec::Engine;

pub static CODE: Code = Code {
    name: "password-alphabet-empty",
    level: Level::Error,
    summary: "the excluded characters leave too few to make passwords of",
    explanation: "A password needs letters or digits: punctuation alone leaves too little, and several engines and drivers \
        refuse much of it. Redshift takes only passwords with an upper case letter, a lower case letter and a digit, so \
        none of these three may be excluded as a whole.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(exclude) = &subject.spec.secret.password.exclude else { return vec![] };
    let none_of = |mut class: std::ops::RangeInclusive<char>| class.all(|character| exclude.contains(character));
    let missing: Vec<&str> = [("upper case letter", 'A'..='Z'), ("lower case letter", 'a'..='z'), ("digit", '0'..='9')]
        .into_iter()
        .filter(|(_, class)| none_of(class.clone()))
        .map(|(title, _)| title)
        .collect();
    let route = Route::to("secret.password.exclude");
    let is_redshift = subject.database().is_some_and(|database| database.engine == Engine::Redshift);
    if missing.len() == 3 {
        return vec![
            Diagnostic::at(&CODE, route, "no letter and no digit is left to make passwords of")
                .help("exclude fewer characters"),
        ];
    }
    if let (Some(class), true) = (missing.first(), is_redshift) {
        return vec![
            Diagnostic::at(&CODE, route, format!("no {class} is left, and Redshift takes no password without one"))
                .help("exclude fewer characters"),
        ];
    }
    vec![]
}
