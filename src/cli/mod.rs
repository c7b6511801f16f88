//! The command line: the only place that prints or exits.

mod check;
mod explain;
mod new;
mod output;
mod package;
mod run;
mod synth;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::bundle::Choice;
use crate::target::Format;
use output::Output;

/// Compiles one short YAML spec of a database secret into CloudFormation and Terraform that rotate it.
#[derive(Debug, Parser)]
#[command(name = "rotaform", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a commented starter spec to standard output
    New {
        /// The starter's name; without one, the names are listed
        blueprint: Option<String>,
    },
    /// Compile specs to bundles
    Synth(Synth),
    /// Check specs, and that the committed bundles are what they give
    Check(Check),
    /// Explain a code of a finding, or show the plan of a spec
    Explain {
        /// A code (`subnets-missing`), or the path of a spec
        what: String,
    },
    /// Make the zip of a bundle's function, the same bytes on every machine
    Package {
        /// The bundle's folder
        bundle: PathBuf,
    },
    /// Print the JSON Schema of the spec, for editors
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
struct Specs {
    /// Specs, folders of specs, or `-` for standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The folder of the bundles
    #[arg(long, default_value = "output")]
    out: PathBuf,
    /// Which targets the bundles hold
    #[arg(long, value_enum, default_value_t = Target::All)]
    target: Target,
    /// How the documents are printed
    #[arg(long, value_enum, default_value_t = DocumentFormat::Native)]
    format: DocumentFormat,
    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Debug, Args)]
struct Synth {
    #[command(flatten)]
    specs: Specs,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Overwrite files that somebody edited since they were written
    #[arg(long)]
    force: bool,
    /// Accept that a created secret gets a new first password
    #[arg(long)]
    accept_new_password: bool,
}

#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    specs: Specs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// CloudFormation and Terraform
    All,
    /// CloudFormation alone
    Cloudformation,
    /// Terraform alone
    Terraform,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DocumentFormat {
    /// YAML for CloudFormation, HCL for Terraform
    Native,
    /// JSON for both
    Json,
}

impl Specs {
    fn choice(&self) -> Choice {
        Choice {
            cloudformation: self.target != Target::Terraform,
            terraform: self.target != Target::Cloudformation,
            format: match self.format {
                DocumentFormat::Native => Format::Native,
                DocumentFormat::Json => Format::Json,
            },
        }
    }
}

/// What a run ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Fine,
    Refused,
    OutOfDate,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Fine => 0,
            // 2 is wrong usage, which clap reports.
            Ending::Refused => 1,
            Ending::OutOfDate => 3,
        })
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new();
    let ending = match &cli.command {
        Command::New { blueprint } => new::run(blueprint.as_deref(), &output),
        Command::Synth(synth) => synth::run(synth, &output),
        Command::Check(check) => check::run(check, &output),
        Command::Explain { what } => explain::run(what, &output),
        Command::Package { bundle } => package::run(bundle, &output),
        Command::Schema => {
            output.line(&format!("{:#}", crate::spec::json_schema()));
            Ending::Fine
        }
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "rotaform", &mut text);
            output.text(&String::from_utf8_lossy(&text));
            Ending::Fine
        }
        Command::Man => {
            let mut text = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(Cli::command()).render(&mut text);
            output.text(&String::from_utf8_lossy(&text));
            Ending::Fine
        }
    };
    ending.into()
}
