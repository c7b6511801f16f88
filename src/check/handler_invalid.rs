//! Handlers (Lambda API reference, `CreateFunction`; Lambda developer guide, "Define Lambda function handler in
//! Python").

use super::Subject;
use super::runtimes::language;
use crate::diagnostic::{Code, Diagnostic, Level, Route};

pub static CODE: Code = Code {
    name: "handler-invalid",
    level: Level::Error,
    summary: "the handler is not of the form that Lambda reads",
    explanation: "For Python, Node.js and Ruby the handler is the file's name without its ending, a dot, and the function's \
        name: `rotate.handler` is `handler` in `rotate.py`. It has at most 128 characters and no spaces.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let function = &subject.spec.function;
    let Some(handler) = &function.handler else { return vec![] };
    let route = Route::to("function.handler");
    if handler.is_empty() || handler.len() > 128 || handler.contains(char::is_whitespace) {
        return vec![
            Diagnostic::at(&CODE, route, format!("`{handler}` is not a handler"))
                .help("write the file and the function, such as `rotate.handler`, without spaces"),
        ];
    }
    let is_script = matches!(language(function.runtime()), "python" | "nodejs" | "ruby");
    let (file, name) = handler.rsplit_once('.').unwrap_or((handler, ""));
    if is_script && (file.is_empty() || name.is_empty()) {
        return vec![
            Diagnostic::at(&CODE, route, format!("`{handler}` does not name both a file and a function"))
                .help("write `FILE.FUNCTION`, such as `rotate.handler`"),
        ];
    }
    if [".py", ".js", ".mjs", ".rb"].iter().any(|ending| is_script && handler.ends_with(ending)) {
        return vec![
            Diagnostic::at(&CODE, route, format!("`{handler}` names a file and no function"))
                .help(format!("write the file without its ending, and the function: `{file}.handler`")),
        ];
    }
    vec![]
}
