//! The files of the module: which blocks stand where, under which banner.

use super::document::{Block, Body, Expression, Part};
use super::secret::identifier;
use super::text::expression;
use super::{CodeName, blocks, section};
use crate::plan::naming::snake;
use crate::plan::{From, Input, NatLocation, Plan, Resource, Text};

/// A file of the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// Terraform's and the provider's versions.
    Versions,
    /// What the caller passes in.
    Variables,
    /// Secret, function, schedule, alerts.
    Main,
    /// Roles and policies.
    Iam,
    /// Security groups, endpoints, NAT gateways.
    Network,
    /// What the module tells.
    Outputs,
}

impl File {
    /// Its name without an ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Versions => "versions",
            Self::Variables => "variables",
            Self::Main => "main",
            Self::Iam => "iam",
            Self::Network => "network",
            Self::Outputs => "outputs",
        }
    }
}

/// The variable, and the local value, that hold the path of the function's zip.
pub const ZIP_PATH: &str = "function_zip";
/// The variable, and the local value, that hold the zip's hash.
pub const ZIP_HASH: &str = "function_zip_hash";

/// Every file with what it holds.
pub fn files(plan: &Plan, code: &CodeName) -> Vec<(File, Body)> {
    let mut main = lookups(plan, code);
    let mut iam = Body::new();
    let mut network = Body::new();
    let mut titles = [""; 3];
    for planned in &plan.resources {
        let (file, blocks) = blocks(plan, planned);
        let (body, title) = match file {
            File::Iam => (&mut iam, &mut titles[1]),
            File::Network => (&mut network, &mut titles[2]),
            File::Main | File::Versions | File::Variables | File::Outputs => (&mut main, &mut titles[0]),
        };
        let section = section(planned);
        if *title != section {
            *body = std::mem::take(body).banner(section);
            *title = section;
        }
        for block in blocks {
            *body = std::mem::take(body).block(block);
        }
    }
    vec![
        (File::Versions, versions(plan)),
        (File::Variables, variables(plan, code)),
        (File::Main, main),
        (File::Iam, iam),
        (File::Network, network),
        (File::Outputs, outputs(plan)),
    ]
}

fn versions(plan: &Plan) -> Body {
    let is_regional = |planned: &crate::plan::Planned| {
        matches!(planned.what, Resource::NatGateway { location: NatLocation::Regional { .. }, .. })
    };
    // 6.24 brought regional NAT gateways.
    let version = if plan.resources.iter().any(is_regional) { ">= 6.24, < 7.0" } else { ">= 6.0, < 7.0" };
    let aws = Expression::map([("source", "hashicorp/aws"), ("version", version)]);
    let providers = Block::plain("required_providers", Body::new().with("aws", aws));
    let terraform = Body::new().with("required_version", ">= 1.11").blank().block(providers);
    Body::new().block(
        Block::plain("terraform", terraform)
            .commented("1.11 (Terraform or OpenTofu) brought write-only arguments: a first password reaches no state."),
    )
}

fn variables(plan: &Plan, code: &CodeName) -> Body {
    let mut body = Body::new();
    for Input { name, description, from, .. } in &plan.inputs {
        let From::Caller { default } = from else { continue };
        let variable = Body::new()
            .with("description", description.as_str())
            .with("type", Expression::reference("string"))
            .with_some("default", default.clone());
        body = body.block(Block::new("variable", [identifier(name)], variable));
    }
    if plan.takes_zip() {
        let (described, default) = match code.digest {
            Some(_) => {
                ("Path of the function's zip; by default where `rotaform package` puts it", Some(Expression::Null))
            }
            None => ("Path of the function's zip", None),
        };
        let path = Body::new()
            .with("description", described)
            .with("type", Expression::reference("string"))
            .with_some("default", default);
        let hash = Body::new()
            .with("description", "SHA-256 of the zip in base64; by default computed from the file")
            .with("type", Expression::reference("string"))
            .with("default", Expression::Null);
        body = body.block(Block::new("variable", [ZIP_PATH], path)).block(Block::new("variable", [ZIP_HASH], hash));
    }
    body
}

/// Local values, and data sources that look something up.
fn lookups(plan: &Plan, code: &CodeName) -> Body {
    let mut body = Body::new();
    if plan.takes_zip() {
        let given = Expression::reference(format!("var.{ZIP_PATH}"));
        let path = match code.zip() {
            Some(zip) => {
                let folder = Part::Expression(Expression::reference("path.module"));
                let beside = Expression::Template(vec![folder, Part::Text(format!("/../{zip}"))]);
                Expression::call("coalesce", [given, beside])
            }
            None => given,
        };
        // A conditional reads the file only when its hash is not given.
        let hash = Expression::reference(format!(
            "var.{ZIP_HASH} == null ? filebase64sha256(local.{ZIP_PATH}) : var.{ZIP_HASH}"
        ));
        body = body.block(Block::plain("locals", Body::new().with(ZIP_PATH, path).with(ZIP_HASH, hash)).commented(
            if code.digest.is_some() {
                "The zip's name holds the hash of its content: other code has another name."
            } else {
                "The zip that whoever deploys passes in."
            },
        ));
    }
    if plan.is_hosted() {
        let accounts = Expression::map([
            ("aws", "arn:aws:serverlessrepo:us-east-1:297356227824"),
            ("aws-cn", "arn:aws-cn:serverlessrepo:cn-north-1:193023089310"),
            ("aws-us-gov", "arn:aws-us-gov:serverlessrepo:us-gov-west-1:023102451235"),
        ]);
        body = body.block(
            Block::plain("locals", Body::new().with("rotation_applications", accounts))
                .commented("AWS publishes its rotation functions from one account in each partition."),
        );
    }
    for (used, kind) in pseudo(plan) {
        if used {
            body = body.block(Block::new("data", [kind, "current"], Body::new()));
        }
    }
    for Input { name, from, .. } in &plan.inputs {
        let (kind, source) = match from {
            From::Ssm(path) => ("aws_ssm_parameter", path),
            From::Export(export) => ("aws_cloudformation_export", export),
            From::Caller { .. } => continue,
        };
        body =
            body.block(Block::new("data", [kind.to_owned(), snake(name)], Body::new().with("name", source.as_str())));
    }
    body
}

/// Which of the deployment's own facts the plan uses, each with the data source that tells it.
fn pseudo(plan: &Plan) -> [(bool, &'static str); 3] {
    let hosted = plan.is_hosted();
    let (mut account, mut partition, mut region) = (false, hosted, hosted);
    plan.visit_texts(&mut |text| match text {
        Text::Account => account = true,
        Text::Partition | Text::DnsSuffix => partition = true,
        Text::Region => region = true,
        Text::Literal(_) | Text::Input(_) | Text::Of(..) | Text::Joined(_) | Text::Part(..) => {}
    });
    [(account, "aws_caller_identity"), (partition, "aws_partition"), (region, "aws_region")]
}

fn outputs(plan: &Plan) -> Body {
    plan.outputs.iter().fold(Body::new(), |body, output| {
        let output_body =
            Body::new().with("description", output.description).with("value", expression(plan, &output.value));
        body.block(Block::new("output", [identifier(output.name)], output_body))
    })
}
