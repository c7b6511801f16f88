//! Files that rotaform carries in itself, and the renderer for those with holes.

use std::sync::OnceLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use crate::spec::Engine;

/// A file of the rotation function: its name in the bundle, and its text.
pub type FunctionFile = (&'static str, &'static str);

macro_rules! function_files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../blueprints/function/", $name)))),*]
    };
}

/// What every bundled function needs.
pub const FUNCTION_SHELL: &[FunctionFile] = function_files![
    "contract.py",
    "credential.py",
    "errors.py",
    "overdue.py",
    "secret.py",
    "server.py",
    "settings.py",
    "steps.py",
    "superuser.py",
];

/// The strategy of one login.
pub const SINGLE_USER: FunctionFile = ("single_user.py", include_str!("../blueprints/function/single_user.py"));

/// The strategy of two logins.
pub const ALTERNATING_USERS: FunctionFile =
    ("alternating_users.py", include_str!("../blueprints/function/alternating_users.py"));

/// What a bundled function needs to speak to one engine.
#[derive(Debug)]
pub struct Adapter {
    /// The Python module that the entry point imports.
    pub module: &'static str,
    /// Its files.
    pub files: &'static [FunctionFile],
    /// Its drivers, pinned by hash.
    pub requirements: &'static str,
}

/// The adapter for an engine, if there is one.
pub fn adapter(engine: Engine) -> Option<Adapter> {
    match engine {
        Engine::Postgres => Some(Adapter {
            module: "postgres",
            files: function_files![
                "postgres.py",
                "postgres_session.py",
                "postgres_settings.py",
                "postgres_sql.py",
                "scram.py",
            ],
            requirements: include_str!("../blueprints/function/requirements-postgres.txt"),
        }),
        Engine::Mysql | Engine::Mariadb => Some(Adapter {
            module: "mysql",
            files: function_files![
                "mysql.py",
                "mysql_accounts.py",
                "mysql_dialects.py",
                "mysql_grants.py",
                "mysql_hashes.py",
                "mysql_session.py",
                "mysql_sql.py",
            ],
            requirements: include_str!("../blueprints/function/requirements-mysql.txt"),
        }),
        Engine::Sqlserver | Engine::Oracle | Engine::Db2 | Engine::Documentdb | Engine::Redshift | Engine::Custom => {
            None
        }
    }
}

/// A starter spec: its name, and its text.
pub type Starter = (&'static str, &'static str);

macro_rules! starters {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../blueprints/specs/", $name, ".yaml")))),*]
    };
}

/// The starter specs, the simplest first.
pub const STARTERS: &[Starter] = starters![
    "postgres-single-user",
    "postgres-superuser",
    "postgres-alternating-users",
    "postgres-nat-gateway",
    "postgres-public",
    "adopt-existing",
    "mysql-alternating-users",
    "redshift-serverless",
    "oracle-aws-hosted",
    "custom-service",
    "managed-by-aws",
];

/// Renders a template that rotaform carries. A template that does not render is our bug, so its text then says so.
pub fn render(template: Template, context: &impl serde::Serialize) -> String {
    let rendered =
        environment().get_template(template.name()).and_then(|found| found.render(minijinja::value::Serde(context)));
    rendered.unwrap_or_else(|error| format!("rotaform could not render {}: {error:#}\n", template.name()))
}

/// A template that rotaform carries.
#[derive(Debug, Clone, Copy)]
pub enum Template {
    /// The function's entry point.
    EntryPoint,
    /// A bundle's README.
    BundleReadme,
}

impl Template {
    fn name(self) -> &'static str {
        match self {
            Self::EntryPoint => "rotate.py",
            Self::BundleReadme => "README.md",
        }
    }
}

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        // CloudFormation's `{{resolve:...}}` would collide with the usual delimiters.
        if let Ok(syntax) = SyntaxConfig::builder()
            .block_delimiters("<%", "%>")
            .variable_delimiters("<{", "}>")
            .comment_delimiters("<#", "#>")
            .trim_blocks(true)
            .keep_trailing_newline(true)
            .build()
        {
            environment.set_syntax(syntax);
        }
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // By default the file's name decides, and `.md` or `.py` must never be escaped as HTML.
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        for (template, text) in [
            (Template::EntryPoint, include_str!("../blueprints/function/rotate.py.jinja")),
            (Template::BundleReadme, include_str!("../blueprints/docs/README.md.jinja")),
        ] {
            // A template of ours that does not parse shows when it is looked up.
            let _ = environment.add_template(template.name(), text);
        }
        environment
    })
}
