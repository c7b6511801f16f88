//! Each planned resource as a CloudFormation type with its properties.

use super::document::{Map, Value};
use super::names::logical_id;
use super::parameters::{CODE_BUCKET, CODE_KEY};
use super::text::{value, values};
use super::{network, policy, schedule, secret};
use crate::plan::{Attribute, Code, Connection, ConnectionTarget, Function, Holder, Id, Plan, Planned, Resource, Text};

/// The type and the properties; `None` for what CloudFormation does not hold as a resource of its own.
pub fn properties(plan: &Plan, planned: &Planned) -> Option<(&'static str, Map)> {
    let of = |text: &Text| value(plan, text);
    Some(match &planned.what {
        Resource::Key { description, policy, .. } => (
            "AWS::KMS::Key",
            tagged(
                plan,
                Map::new()
                    .with("Description", description.as_str())
                    .with("EnableKeyRotation", true)
                    .with("KeyPolicy", policy::document(plan, policy)),
                None,
            ),
        ),
        Resource::KeyAlias { name, key } => (
            "AWS::KMS::Alias",
            Map::new().with("AliasName", name.as_str()).with("TargetKeyId", Value::reference(logical_id(key))),
        ),
        Resource::Secret(planned) => {
            ("AWS::SecretsManager::Secret", tagged(plan, secret::properties(plan, planned), None))
        }
        Resource::Connection(connection) => {
            ("AWS::SecretsManager::SecretTargetAttachment", attachment(plan, connection))
        }
        // No name of its own: a named role or policy cannot be replaced, and it would collide in a second Region.
        Resource::Role { name: _, description, trust, boundary } => (
            "AWS::IAM::Role",
            tagged(
                plan,
                Map::new()
                    .with("Description", description.as_str())
                    .with("AssumeRolePolicyDocument", policy::document(plan, trust))
                    .with_some("PermissionsBoundary", boundary.as_ref().map(of)),
                None,
            ),
        ),
        Resource::Policy { name: _, description, document, holders } => {
            let names = |wanted: fn(&Holder) -> Option<&Text>| -> Option<Vec<Value>> {
                let names: Vec<Value> = holders.iter().filter_map(wanted).map(of).collect();
                (!names.is_empty()).then_some(names)
            };
            let map = Map::new()
                .with("Description", description.as_str())
                .with_some(
                    "Roles",
                    names(|holder| match holder {
                        Holder::Role(name) => Some(name),
                        Holder::User(_) => None,
                    }),
                )
                .with_some(
                    "Users",
                    names(|holder| match holder {
                        Holder::User(name) => Some(name),
                        Holder::Role(_) => None,
                    }),
                )
                .with("PolicyDocument", policy::document(plan, document));
            ("AWS::IAM::ManagedPolicy", map)
        }
        Resource::LogGroup { name, retention_days, key } => (
            "AWS::Logs::LogGroup",
            tagged(
                plan,
                Map::new()
                    .with("LogGroupName", name.as_str())
                    .with("RetentionInDays", i64::from(*retention_days))
                    .with_some("KmsKeyId", key.as_ref().map(of)),
                None,
            ),
        ),
        Resource::Function(function) => ("AWS::Lambda::Function", tagged(plan, self::function(plan, function), None)),
        Resource::InvokePermission { function, principal, source } => (
            "AWS::Lambda::Permission",
            Map::new()
                .with("FunctionName", of(function))
                .with("Action", "lambda:InvokeFunction")
                .with("Principal", *principal)
                .with("SourceAccount", of(&Text::Account))
                .with_some("SourceArn", source.as_ref().map(of)),
        ),
        Resource::Schedule(schedule) => ("AWS::SecretsManager::RotationSchedule", schedule::properties(plan, schedule)),
        Resource::Topic { name } => {
            ("AWS::SNS::Topic", tagged(plan, Map::new().with("TopicName", name.as_str()), None))
        }
        Resource::TopicPolicy { topic, document } => (
            "AWS::SNS::TopicPolicy",
            Map::new()
                .with("Topics", vec![Value::reference(logical_id(topic))])
                .with("PolicyDocument", policy::document(plan, document)),
        ),
        Resource::Subscription { topic, email } => (
            "AWS::SNS::Subscription",
            Map::new().with("TopicArn", of(topic)).with("Protocol", "email").with("Endpoint", email.as_str()),
        ),
        Resource::Alarm { name: _, description, function, topic } => (
            "AWS::CloudWatch::Alarm",
            tagged(
                plan,
                Map::new()
                    .with("AlarmDescription", description.as_str())
                    .with("Namespace", "AWS/Lambda")
                    .with("MetricName", "Errors")
                    .with("Dimensions", vec![Map::new().with("Name", "FunctionName").with("Value", of(function))])
                    .with("Statistic", "Sum")
                    .with("Period", 300)
                    .with("EvaluationPeriods", 1)
                    .with("ComparisonOperator", "GreaterThanThreshold")
                    .with("Threshold", 0)
                    .with("TreatMissingData", "notBreaching")
                    .with("AlarmActions", vec![of(topic)]),
                None,
            ),
        ),
        Resource::FailureEvents { name, secret, managed, topic } => (
            "AWS::Events::Rule",
            tagged(
                plan,
                Map::new()
                    .with("Name", name.as_str())
                    .with("Description", planned.purpose.as_str())
                    .with("EventPattern", failure_pattern(&of(secret), *managed))
                    .with("Targets", vec![Map::new().with("Id", "alerts").with("Arn", of(topic))]),
                None,
            ),
        ),
        Resource::DailyCheck { name, secret, function } => (
            "AWS::Events::Rule",
            tagged(
                plan,
                Map::new()
                    .with("Name", name.as_str())
                    .with("Description", planned.purpose.as_str())
                    .with("ScheduleExpression", "rate(1 day)")
                    .with(
                        "Targets",
                        vec![
                            Map::new()
                                .with("Id", "function")
                                .with("Arn", of(function))
                                .with("Input", of(&overdue_event(secret))),
                        ],
                    ),
                None,
            ),
        ),
        Resource::SecurityGroup { .. }
        | Resource::Ingress { .. }
        | Resource::Endpoint { .. }
        | Resource::ElasticIp { .. }
        | Resource::NatGateway { .. }
        | Resource::Route { .. } => network::properties(plan, &planned.what)?,
    })
}

/// What the daily check sends to the function.
fn overdue_event(secret: &Text) -> Text {
    let mut parts = vec![Text::from("{\"Check\":\"overdue\",\"SecretId\":\"")];
    match secret {
        Text::Joined(inner) => parts.extend(inner.iter().cloned()),
        other => parts.push(other.clone()),
    }
    parts.push("\"}".into());
    Text::Joined(parts)
}

/// The properties with the plan's tags, and a `Name` where people look for one.
pub fn tagged(plan: &Plan, mut map: Map, name: Option<&str>) -> Map {
    let own = name.filter(|_| !plan.tags.contains_key("Name")).map(|name| ("Name", name));
    let tags: Vec<Map> = own
        .into_iter()
        .chain(plan.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())))
        .map(|(key, value)| Map::new().with("Key", key).with("Value", value))
        .collect();
    if !tags.is_empty() {
        map.push("Tags", tags);
    }
    map
}

fn attachment(plan: &Plan, connection: &Connection) -> Map {
    let target = match connection.target {
        ConnectionTarget::RdsInstance => "AWS::RDS::DBInstance",
        ConnectionTarget::RdsCluster => "AWS::RDS::DBCluster",
        ConnectionTarget::DocumentdbInstance => "AWS::DocDB::DBInstance",
        ConnectionTarget::DocumentdbCluster => "AWS::DocDB::DBCluster",
        ConnectionTarget::RedshiftCluster => "AWS::Redshift::Cluster",
    };
    let secret = Text::Of(Id::new(crate::plan::Kind::Secret, ""), Attribute::Arn);
    Map::new()
        .with("SecretId", value(plan, &secret))
        .with("TargetType", target)
        .with("TargetId", value(plan, &connection.identifier))
}

fn function(plan: &Plan, function: &Function) -> Map {
    let of = |text: &Text| value(plan, text);
    let mut map =
        Map::new().with("FunctionName", function.name.as_str()).with("Description", function.description.as_str());
    match &function.code {
        Code::Zip { runtime, handler } => {
            let code =
                Map::new().with("S3Bucket", Value::reference(CODE_BUCKET)).with("S3Key", Value::reference(CODE_KEY));
            map = map.with("Runtime", runtime.as_str()).with("Handler", handler.as_str()).with("Code", code);
        }
        Code::S3 { runtime, handler, bucket, key, version } => {
            let code = Map::new()
                .with("S3Bucket", of(bucket))
                .with("S3Key", of(key))
                .with_some("S3ObjectVersion", version.as_ref().map(of));
            map = map.with("Runtime", runtime.as_str()).with("Handler", handler.as_str()).with("Code", code);
        }
        Code::Image(uri) => map = map.with("PackageType", "Image").with("Code", Map::new().with("ImageUri", of(uri))),
    }
    map = map
        .with("Architectures", vec![function.architecture])
        .with("MemorySize", i64::from(function.memory))
        .with("Timeout", i64::from(function.timeout))
        .with_some("ReservedConcurrentExecutions", function.reserved_concurrency.map(i64::from))
        .with("Role", of(&function.role))
        .with_some("Layers", (!function.layers.is_empty()).then(|| values(plan, &function.layers)))
        .with_some("CodeSigningConfigArn", function.code_signing_config.as_ref().map(of))
        .with_some("TracingConfig", function.tracing.then(|| Map::new().with("Mode", "Active")));
    map.push("LoggingConfig", Map::new().with("LogGroup", Value::reference(logical_id(&function.log_group))));
    if let Some(network) = &function.network {
        let vpc = Map::new()
            .with("SubnetIds", values(plan, &network.subnets))
            .with("SecurityGroupIds", vec![of(&network.group)]);
        map.push("VpcConfig", vpc);
    }
    if !function.environment.is_empty() {
        let mut variables = Map::new();
        function.environment.iter().for_each(|(name, text)| variables.push(*name, of(text)));
        map.push("Environment", Map::new().with("Variables", variables));
    }
    map
}

/// CloudTrail's service events of Secrets Manager (user guide, "Log Secrets Manager events"). They carry no
/// `resources`; the secret's ARN is in `additionalEventData`, for managed rotation in `serviceEventDetails`.
fn failure_pattern(secret: &Value, managed: bool) -> Map {
    let detail = Map::new()
        .with("eventSource", vec!["secretsmanager.amazonaws.com"])
        .with("eventName", vec!["RotationFailed", "RotationAbandoned", "TestRotationFailed"]);
    let in_additional = Map::new().with("additionalEventData", Map::new().with("SecretId", vec![secret.clone()]));
    let detail = if managed {
        let in_details = Map::new().with("serviceEventDetails", Map::new().with("secretId", vec![secret.clone()]));
        detail.with("$or", vec![in_additional, in_details])
    } else {
        detail.with("additionalEventData", Map::new().with("SecretId", vec![secret.clone()]))
    };
    Map::new()
        .with("source", vec!["aws.secretsmanager"])
        .with("detail-type", vec!["AWS Service Event via CloudTrail"])
        .with("detail", detail)
}
