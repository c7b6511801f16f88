//! The template's parameters.

use super::document::{Entry, Map};
use super::{CodeName, names};
use crate::plan::{From, Input, Plan, ValueKind};

/// Parameters of rotaform's own, for the function's code.
pub const CODE_BUCKET: &str = "FunctionCodeBucket";
/// See [`CODE_BUCKET`].
pub const CODE_KEY: &str = "FunctionCodeKey";

/// Every parameter: the inputs that the caller gives or SSM holds, and the place of the function's code.
pub fn parameters(plan: &Plan, code: &CodeName) -> Map {
    let mut parameters = Map::new();
    let mut add = |name: &str, parameter: Map| {
        let entry = Entry::new(name, parameter);
        parameters.0.push(if parameters.is_empty() { entry } else { entry.apart() });
    };
    for input in &plan.inputs {
        if let Some(map) = parameter(input) {
            add(&names::parameter(plan, input), map);
        }
    }
    if plan.takes_zip() {
        add(
            CODE_BUCKET,
            Map::new()
                .with("Description", "Bucket in this Region that holds the function's zip")
                .with("Type", "String")
                .with("AllowedPattern", "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")
                .with("ConstraintDescription", "The name of an S3 bucket"),
        );
        add(
            CODE_KEY,
            Map::new()
                .with("Description", "Key of the function's zip; it names the content, so other code has another key")
                .with("Type", "String")
                .with_some("Default", code.zip().map(|zip| format!("rotaform/{zip}")))
                .with("AllowedPattern", "^.{1,1024}$")
                .with("ConstraintDescription", "The key of an S3 object"),
        );
    }
    parameters
}

fn parameter(input: &Input) -> Option<Map> {
    let aws_type = match input.kind {
        ValueKind::Vpc => "AWS::EC2::VPC::Id",
        ValueKind::Subnet => "AWS::EC2::Subnet::Id",
        ValueKind::SecurityGroup => "AWS::EC2::SecurityGroup::Id",
        _ => "String",
    };
    let described = Map::new().with("Description", input.description.as_str());
    Some(match &input.from {
        From::Caller { default } => {
            let map = described.with("Type", aws_type).with_some("Default", default.clone());
            match form(input.kind) {
                Some((pattern, says)) => map.with("AllowedPattern", pattern).with("ConstraintDescription", says),
                None => map,
            }
        }
        From::Ssm(path) => {
            described.with("Type", format!("AWS::SSM::Parameter::Value<{aws_type}>")).with("Default", path.as_str())
        }
        // Read where it is used.
        From::Export(_) => return None,
    })
}

/// The form of a value that CloudFormation has no type for, and what to say of one that does not have it.
fn form(kind: ValueKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ValueKind::RouteTable => ("^rtb-[0-9a-f]{8,17}$", "The identifier of a route table"),
        ValueKind::SecretArn => (
            "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+-[A-Za-z0-9]{6}$",
            "The full ARN of a secret, with the six characters at its end",
        ),
        ValueKind::KeyArn => {
            ("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", "The ARN of a KMS key, not of an alias")
        }
        ValueKind::FunctionArn => (
            "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$",
            "The ARN of a Lambda function, without a version or alias",
        ),
        ValueKind::RoleArn => {
            ("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_-]+$", "The ARN of an IAM role without a path")
        }
        ValueKind::TopicArn => ("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", "The ARN of an SNS topic"),
        ValueKind::Host => ("^[A-Za-z0-9._:-]+$", "A host name"),
        // AWS checks these by their types.
        ValueKind::Vpc | ValueKind::Subnet | ValueKind::SecurityGroup => return None,
        ValueKind::Text => return None,
    })
}
