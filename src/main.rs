//! The `rotaform` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rotaform::cli::main()
}
