//! The function, its log group, and its schedule in Terraform's words.

use super::ResourceBlock;
use super::document::{Block, Body, Expression, Part};
use super::files::{ZIP_HASH, ZIP_PATH};
use super::names::label;
use super::text::{expression, list};
use crate::plan::{Code, Function, Hosted, Id, Kind, Plan, Planned, Resource, Rotator, Schedule, Text};

/// The blocks of a function, a log group, an invoke permission or a schedule.
pub fn blocks(plan: &Plan, planned: &Planned) -> Vec<Block> {
    match &planned.what {
        Resource::LogGroup { name, retention_days, key } => {
            let block = ResourceBlock::new(plan, planned)
                .with(|body| {
                    body.with("name", name.as_str())
                        .with("retention_in_days", i64::from(*retention_days))
                        .with_some("kms_key_id", key.as_ref().map(|key| expression(plan, key)))
                })
                .tagged(None);
            vec![block.finish()]
        }
        Resource::Function(function) => {
            let block = ResourceBlock::new(plan, planned)
                .with(|body| self::function(plan, body, function))
                .tagged(None)
                .ordered();
            vec![block.finish()]
        }
        Resource::InvokePermission { function, principal, source } => {
            let statement = format!("{}-{}", plan.name, planned.id.role);
            let block = ResourceBlock::new(plan, planned).with(|body| {
                body.with("statement_id", statement)
                    // The ARN, not the name: only the ARN of a function that is replaced is unknown until then, so that the
                    // permission, which went with the old function, is made again.
                    .with("function_name", expression(plan, function))
                    .with("action", "lambda:InvokeFunction")
                    .with("principal", *principal)
                    .with("source_account", expression(plan, &Text::Account))
                    .with_some("source_arn", source.as_ref().map(|source| expression(plan, source)))
            });
            vec![block.finish()]
        }
        Resource::Schedule(schedule) => self::schedule(plan, planned, schedule),
        _ => Vec::new(),
    }
}

fn function(plan: &Plan, body: Body, function: &Function) -> Body {
    let of = |text: &Text| expression(plan, text);
    let mut body = body
        .with("function_name", function.name.as_str())
        .with("description", function.description.as_str())
        .with("role", of(&function.role))
        .blank();
    match &function.code {
        Code::Zip { runtime, handler } => {
            body = body
                .with("runtime", runtime.as_str())
                .with("handler", handler.as_str())
                .with("filename", Expression::reference(format!("local.{ZIP_PATH}")))
                .with("source_code_hash", Expression::reference(format!("local.{ZIP_HASH}")));
        }
        Code::S3 { runtime, handler, bucket, key, version } => {
            body = body
                .with("runtime", runtime.as_str())
                .with("handler", handler.as_str())
                .with("s3_bucket", of(bucket))
                .with("s3_key", of(key))
                .with_some("s3_object_version", version.as_ref().map(of));
        }
        Code::Image(uri) => body = body.with("package_type", "Image").with("image_uri", of(uri)),
    }
    body = body
        .with("architectures", vec![function.architecture])
        .with("memory_size", i64::from(function.memory))
        .with("timeout", i64::from(function.timeout))
        .with_some("reserved_concurrent_executions", function.reserved_concurrency.map(i64::from))
        .with_some("layers", (!function.layers.is_empty()).then(|| list(plan, &function.layers)))
        .with_some("code_signing_config_arn", function.code_signing_config.as_ref().map(of));
    if let Some(network) = &function.network {
        let vpc = Body::new()
            .with("subnet_ids", list(plan, &network.subnets))
            .with("security_group_ids", Expression::List(vec![of(&network.group)]));
        body = body.blank().block(Block::plain("vpc_config", vpc));
    }
    if !function.environment.is_empty() {
        let variables = function.environment.iter().map(|(name, text)| (*name, of(text)));
        body =
            body.blank().block(Block::plain("environment", Body::new().with("variables", Expression::map(variables))));
    }
    let logging = Body::new().with("log_format", "Text").with(
        "log_group",
        Expression::Traversal(format!("aws_cloudwatch_log_group.{}.name", label(&function.log_group))),
    );
    body = body.blank().block(Block::plain("logging_config", logging));
    if function.tracing {
        body = body.blank().block(Block::plain("tracing_config", Body::new().with("mode", "Active")));
    }
    body
}

fn schedule(plan: &Plan, planned: &Planned, schedule: &Schedule) -> Vec<Block> {
    let mut blocks = Vec::new();
    let function = match &schedule.rotator {
        Rotator::Function(function) => Some(expression(plan, function)),
        Rotator::Hosted(hosted) => {
            blocks.push(application(plan, planned, hosted));
            Some(Expression::reference(format!("{HOSTED}.outputs")).index("RotationLambdaARN"))
        }
        Rotator::Service => None,
    };
    let block = ResourceBlock::new(plan, planned)
        .with(|body| {
            let rules = Body::new()
                .with("schedule_expression", schedule.expression.as_str())
                .with_some("duration", schedule.window.clone());
            body.with("secret_id", rotated(plan, &schedule.secret))
                .with_some("rotation_lambda_arn", function)
                .with("rotate_immediately", schedule.immediately)
                .blank()
                .block(Block::plain("rotation_rules", rules))
        })
        .with(|body| wait_for_first_value(plan, planned, body));
    blocks.push(block.finish());
    blocks
}

fn rotated(plan: &Plan, secret: &Text) -> Expression {
    match secret {
        Text::Of(Id { kind: Kind::Secret, .. }, _) => Expression::reference("aws_secretsmanager_secret.this.id"),
        other => expression(plan, other),
    }
}

/// What the schedule waits for, the first value among it: a rotation of an empty secret has no login to change.
fn wait_for_first_value(plan: &Plan, planned: &Planned, body: Body) -> Body {
    let mut after: Vec<String> = planned.after.iter().flat_map(|id| super::names::awaited(plan, id)).collect();
    let first = "aws_secretsmanager_secret_version.first".to_owned();
    let creates_secret = plan.resources.iter().any(|other| other.id.kind == Kind::Secret);
    if creates_secret && !after.contains(&first) {
        after.insert(0, first);
    }
    if after.is_empty() {
        return body;
    }
    body.blank().with("depends_on", Expression::List(after.into_iter().map(Expression::Traversal).collect()))
}

const HOSTED: &str = "aws_serverlessapplicationrepository_cloudformation_stack.rotation";

/// AWS's own function from the Serverless Application Repository.
fn application(plan: &Plan, planned: &Planned, hosted: &Hosted) -> Block {
    let of = |text: &Text| expression(plan, text);
    let users = if hosted.multi_user { "MultiUser" } else { "SingleUser" };
    let rds = if hosted.is_rds { "RDS" } else { "" };
    let application = format!("applications/SecretsManager{rds}{}Rotation{users}", hosted.engine);
    let mut parameters: Vec<(&str, Expression)> = vec![
        ("functionName", hosted.name.as_str().into()),
        ("endpoint", hosted.endpoint.as_ref().map_or_else(default_endpoint, of)),
        ("excludeCharacters", hosted.exclude.as_str().into()),
    ];
    if let Some(network) = &hosted.network {
        parameters.push(("vpcSubnetIds", Expression::call("join", [",".into(), list(plan, &network.subnets)])));
        parameters.push(("vpcSecurityGroupIds", of(&network.group)));
    }
    let optional = [
        ("kmsKeyArn", &hosted.key),
        ("masterSecretArn", &hosted.superuser_secret),
        ("masterSecretKmsKeyArn", &hosted.superuser_key),
    ];
    for (name, text) in optional {
        parameters.extend(text.as_ref().map(|text| (name, of(text))));
    }
    let id = Expression::Template(vec![
        Part::Expression(
            Expression::reference("local.rotation_applications")
                .index(Expression::reference("data.aws_partition.current.partition")),
        ),
        Part::Text(format!(":{application}")),
    ]);
    let block = ResourceBlock::new(plan, planned)
        .with(|_| {
            Body::new()
                .with("name", hosted.name.as_str())
                .with("application_id", id)
                .with("capabilities", vec!["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"])
                .blank()
                .with("parameters", Expression::map(parameters))
        })
        .tagged(None)
        .finish();
    Block {
        comment: Some("AWS's own rotation function, with its role: AWS owns what is in it.".to_owned()),
        labels: vec!["aws_serverlessapplicationrepository_cloudformation_stack".to_owned(), "rotation".to_owned()],
        ..block
    }
}

/// Secrets Manager's usual URL; the application wants it spelled out.
fn default_endpoint() -> Expression {
    Expression::Template(vec![
        Part::Text("https://secretsmanager.".to_owned()),
        Part::Expression(Expression::reference("data.aws_region.current.region")),
        Part::Text(".".to_owned()),
        Part::Expression(Expression::reference("data.aws_partition.current.dns_suffix")),
    ])
}
