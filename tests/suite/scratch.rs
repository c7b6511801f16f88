//! The real command, run in a folder of its own.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The smallest spec, as JSON, which is YAML.
pub const SPEC: &str = r#"{
    "version": 1, "name": "orders-db",
    "secret": { "name": "prod/orders/db", "username": "orders_app" },
    "database": { "engine": "postgres", "instance": "orders-prod", "dbname": "orders", "security_group": "sg-0db00000000000001" },
    "strategy": "single-user",
    "placement": { "vpc": "vpc-0a000000000000001", "subnets": ["subnet-0a00000000000000a", "subnet-0a00000000000000b"], "egress": "vpc-endpoint" }
}"#;

/// [`SPEC`] with the value at a pointer (`/secret/username`) set.
pub fn spec_with(pointer: &str, value: impl Into<serde_json::Value>) -> String {
    let mut spec = serde_json::from_str(SPEC).unwrap();
    set(&mut spec, pointer, value.into());
    spec.to_string()
}

/// Sets the value at a pointer, making the maps on the way.
pub fn set(root: &mut serde_json::Value, pointer: &str, value: serde_json::Value) {
    let mut place = root;
    for key in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = serde_json::json!({});
        }
        place = &mut place[key];
    }
    *place = value;
}

/// A temporary folder.
pub struct Scratch(TempDir);

/// How a run of the command ended.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Scratch {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Another user may run the command in it.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        Self(folder)
    }

    /// A folder with [`SPEC`] in `spec.yaml`.
    pub fn with_spec() -> Self {
        let scratch = Self::new();
        scratch.write("spec.yaml", SPEC);
        scratch
    }

    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub fn read(&self, path: impl AsRef<Path>) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The command in this folder, with an environment of its own.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rotaform"));
        command.args(arguments).current_dir(self.0.path()).env_clear();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn rotaform<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        finish(self.command(arguments).spawn().unwrap())
    }

    /// The words of a command line: `scratch.run("synth spec.yaml --force")`.
    pub fn run(&self, arguments: &str) -> Run {
        self.rotaform(arguments.split(' '))
    }

    /// As [`Self::run`], with a standard input.
    pub fn run_with(&self, arguments: &str, input: &str) -> Run {
        let mut child = self.command(arguments.split(' ')).stdin(Stdio::piped()).spawn().unwrap();
        // The command may end without reading it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        finish(child)
    }

    /// Everything below a path: what it is, its rights, its content.
    pub fn tree(&self, path: impl AsRef<Path>) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let mut found = BTreeMap::new();
        walk(&self.path(&path), Path::new(""), &mut found);
        found
    }
}

impl Run {
    /// The run, which must have ended with this code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }

    /// The run, which must have been refused for this reason.
    #[track_caller]
    pub fn refused(self, code: &str) -> Self {
        assert!(self.stderr.contains(&format!("error[{code}]: ")), "no `{code}` in:\n{}{}", self.stdout, self.stderr);
        self.ended(1)
    }
}

/// Waits for the command, which never takes long.
pub fn finish(mut child: Child) -> Run {
    use std::io::Read;
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        stdout.read_to_end(&mut text).map(|_| text)
    });
    let errors = std::thread::spawn(move || {
        let mut text = Vec::new();
        stderr.read_to_end(&mut text).map(|_| text)
    });
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(60) => {
                child.kill().unwrap();
                panic!("the command still runs after a minute");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let text = |bytes: std::io::Result<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap()).into_owned();
    Run { code: status.code(), stdout: text(reader.join().unwrap()), stderr: text(errors.join().unwrap()) }
}

fn walk(folder: &Path, prefix: &Path, found: &mut BTreeMap<PathBuf, (u32, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), prefix.join(entry.file_name()));
        let metadata = fs::symlink_metadata(&path).unwrap();
        let content = if metadata.is_symlink() {
            fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes()
        } else if metadata.is_file() {
            fs::read(&path).unwrap()
        } else {
            Vec::new()
        };
        if metadata.is_dir() {
            walk(&path, &name, found);
        }
        found.insert(name, (metadata.permissions().mode(), content));
    }
}
