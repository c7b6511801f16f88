//! The rotation function.

use schemars::JsonSchema;
use serde::Deserialize;

use super::value::Value;

/// The rotation function.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Where its code comes from.
    #[serde(default)]
    pub source: Source,
    /// The Lambda runtime; `python3.13` by default.
    pub runtime: Option<String>,
    /// `FILE.FUNCTION` that Lambda calls; `rotate.handler` by default.
    pub handler: Option<String>,
    /// The processor architecture.
    #[serde(default)]
    pub architecture: Architecture,
    /// Memory in MiB; 256 by default.
    #[schemars(range(min = 128, max = 10240))]
    pub memory: Option<u32>,
    /// Seconds until Lambda ends a step; 60 by default.
    #[schemars(range(min = 1, max = 900))]
    pub timeout: Option<u32>,
    /// Days that log lines are kept; 365 by default.
    pub log_retention_days: Option<u32>,
    /// The customer managed key that encrypts the log group. Absent: CloudWatch Logs' own encryption.
    pub log_kms_key: Option<Value>,
    /// A managed policy that bounds the function's role.
    pub permissions_boundary: Option<Value>,
    /// ARNs of layer versions to add.
    #[serde(default)]
    pub layers: Vec<Value>,
    /// The ARN of a code signing configuration.
    pub code_signing_config: Option<Value>,
    /// Whether X-Ray traces the function.
    #[serde(default)]
    pub tracing: bool,
    /// How many executions are set aside for the function. Absent: no limit, so nothing throttles a rotation.
    #[schemars(range(min = 1))]
    pub reserved_concurrency: Option<u32>,
}

/// Where the function's code comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Source {
    /// A source by its name.
    Word(SourceWord),
    /// A source with its details.
    With(SourceWith),
}

impl Default for Source {
    fn default() -> Self {
        Self::Word(SourceWord::Bundled)
    }
}

/// A source by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceWord {
    /// rotaform's own function.
    Bundled,
    /// AWS's own function, through a transform or the Serverless Application Repository.
    AwsHosted,
}

/// A source with its details.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceWith {
    /// A folder of yours, relative to the spec.
    Directory(String),
    /// An object in S3.
    S3(S3Object),
    /// A container image's URI.
    Image(Value),
    /// A function that exists.
    Arn(Value),
}

/// An object in S3.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct S3Object {
    /// The bucket.
    pub bucket: Value,
    /// The object's key.
    pub key: Value,
    /// The object's version.
    pub version: Option<Value>,
}

/// The processor architecture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Architecture {
    /// Graviton: a fifth cheaper.
    #[default]
    #[serde(rename = "arm64")]
    Arm64,
    /// Intel and AMD.
    #[serde(rename = "x86_64")]
    X8664,
}

impl Architecture {
    /// Lambda's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X8664 => "x86_64",
        }
    }
}

impl Function {
    /// Whether rotaform writes the function's code.
    pub fn is_bundled(&self) -> bool {
        self.source == Source::Word(SourceWord::Bundled)
    }

    /// Whether AWS's own function is used.
    pub fn is_aws_hosted(&self) -> bool {
        self.source == Source::Word(SourceWord::AwsHosted)
    }

    /// The ARN of the existing function, when the spec names one.
    pub fn existing_arn(&self) -> Option<&Value> {
        match &self.source {
            Source::With(SourceWith::Arn(arn)) => Some(arn),
            Source::With(SourceWith::Directory(_) | SourceWith::S3(_) | SourceWith::Image(_)) | Source::Word(_) => None,
        }
    }

    /// The folder of the user's own code, when the spec names one.
    pub fn directory(&self) -> Option<&str> {
        match &self.source {
            Source::With(SourceWith::Directory(path)) => Some(path),
            Source::With(SourceWith::Arn(_) | SourceWith::S3(_) | SourceWith::Image(_)) | Source::Word(_) => None,
        }
    }

    /// The runtime.
    pub fn runtime(&self) -> &str {
        self.runtime.as_deref().unwrap_or("python3.13")
    }
}
