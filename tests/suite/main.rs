//! Everything that is tested through the library or the real command, in one binary.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_files;
mod bundles;
mod command_line;
mod determinism;
mod gallery;
mod killed;
mod printers;
mod readers;
mod refused;
mod schema;
mod scratch;
mod strings;
