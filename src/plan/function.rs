//! The rotation function with its log group.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::input::{From, Input};
use super::parts::{Code, Function, FunctionNetwork};
use super::resource::Resource;
use super::{
    Attribute, Exception, Id, Kind, PasswordShape, Text, ValueKind, network, permissions, secret, superuser_api,
};
use crate::spec::{Source, SourceWith, SourceWord, Tls, Way};

/// Retention times that CloudWatch has known for so long that every rule set does, of a year and more.
const LONG_RETENTION: &[u32] = &[365, 400, 545, 731, 1827, 3653];

/// Plans the role, the log group and the function, if the plan makes one.
pub fn plan(builder: &mut Builder<'_>) {
    if !builder.makes_function() {
        return;
    }
    permissions::plan_role(builder);
    log_group(builder);
    function(builder);
    builder.output(
        "RotationFunctionArn",
        "ARN of the rotation function",
        Text::Of(Id::new(Kind::Function, "rotation"), Attribute::Arn),
    );
}

fn log_group(builder: &mut Builder<'_>) {
    let options = builder.spec.function.clone();
    let key = options
        .log_kms_key
        .map(|key| builder.text(&key, ValueKind::KeyArn, "ARN of the KMS key that encrypts the log group"));
    if key.is_some() {
        builder.assume("The log group's key lets `logs.<region>.amazonaws.com` use it; CloudWatch Logs refuses a key that does not.");
    }
    let retention_days = options.log_retention_days.unwrap_or(365);
    let exceptions = [
        key.is_none().then_some(Exception::LogsServiceKey),
        (!LONG_RETENTION.contains(&retention_days)).then_some(Exception::LogRetention),
    ];
    let name = format!("/aws/lambda/{}", builder.rotation_name());
    builder
        .add(
            Kind::LogGroup,
            "rotation",
            "function.log_retention_days",
            "The function's log lines. They hold no secret. The group is made here so that its retention is set.",
            Resource::LogGroup { name, retention_days, key },
        )
        .except(exceptions.into_iter().flatten());
}

fn function(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    let options = spec.function.clone();
    let environment = environment(builder);
    let network = function_network(builder);
    let code = code(builder);
    let layers =
        options.layers.iter().map(|layer| builder.text(layer, ValueKind::Text, "ARN of a layer version")).collect();
    let code_signing_config = options
        .code_signing_config
        .map(|config| builder.text(&config, ValueKind::Text, "ARN of the code signing configuration"));
    let exceptions = [
        Some(Exception::NoDeadLetterQueue),
        Some(Exception::EnvironmentServiceKey),
        options.reserved_concurrency.is_none().then_some(Exception::NoConcurrencyLimit),
        network.is_none().then_some(Exception::OutsideVpc),
        (!options.tracing).then_some(Exception::NoTracing),
        code_signing_config.is_none().then_some(Exception::NoCodeSigning),
    ];
    let title = spec.database.as_ref().map_or("database", |database| database.engine.title());
    let name = builder.rotation_name();
    builder
        .add(
            Kind::Function,
            "rotation",
            "function",
            format!(
                "Changes the password: Secrets Manager calls it four times for each rotation of the {title} login."
            ),
            Resource::Function(Box::new(Function {
                name,
                description: format!("Rotates the {title} secret of {} ({})", spec.name, spec.strategy.word()),
                role: Text::Of(Id::new(Kind::Role, "rotation"), Attribute::Arn),
                code,
                architecture: options.architecture.word(),
                memory: options.memory.unwrap_or(256),
                timeout: options.timeout.unwrap_or(60),
                environment,
                network,
                layers,
                code_signing_config,
                tracing: options.tracing,
                reserved_concurrency: options.reserved_concurrency,
                log_group: Id::new(Kind::LogGroup, "rotation"),
            })),
        )
        .after([Id::new(Kind::Policy, "execution"), Id::new(Kind::LogGroup, "rotation")])
        .except(exceptions.into_iter().flatten());
}

fn code(builder: &mut Builder<'_>) -> Code {
    let options = &builder.spec.function;
    let runtime = options.runtime().to_owned();
    let handler = options.handler.clone().unwrap_or_else(|| "rotate.handler".to_owned());
    match &options.source {
        Source::With(SourceWith::S3(object)) => Code::S3 {
            runtime,
            handler,
            bucket: builder.text(&object.bucket, ValueKind::Text, "Bucket that holds the function's code"),
            key: builder.text(&object.key, ValueKind::Text, "Key of the function's code in its bucket"),
            version: object
                .version
                .as_ref()
                .map(|version| builder.text(version, ValueKind::Text, "Version of the function's code in its bucket")),
        },
        Source::With(SourceWith::Image(image)) => {
            Code::Image(builder.text(image, ValueKind::Text, "URI of the function's image"))
        }
        Source::Word(SourceWord::Bundled | SourceWord::AwsHosted)
        | Source::With(SourceWith::Directory(_) | SourceWith::Arn(_)) => Code::Zip { runtime, handler },
    }
}

/// What the function is told: where the database is, what passwords look like. No secret.
fn environment(builder: &mut Builder<'_>) -> BTreeMap<&'static str, Text> {
    let spec = builder.spec;
    let mut environment = BTreeMap::new();
    let Some(database) = &spec.database else { return environment };
    environment.insert("DATABASE_ENGINE", database.engine.word().into());
    environment.insert("DATABASE_PORT", database.port().to_string().into());
    environment.insert("DATABASE_TLS", if database.tls == Tls::Require { "require" } else { "verify-full" }.into());
    if let Some(username) = &spec.secret.username {
        environment.insert("DATABASE_USERNAME", username.as_str().into());
    }
    if let Some(host) = secret::host(builder) {
        environment.insert("DATABASE_HOST", host);
    }
    if let Some(dbname) = &database.dbname {
        environment.insert("DATABASE_NAME", dbname.as_str().into());
    }
    if let Some(file) = database.ca_bundle.as_deref().and_then(|path| std::path::Path::new(path).file_name()) {
        environment.insert("DATABASE_CA_BUNDLE", file.to_string_lossy().into_owned().into());
    }
    if let Some(superuser) = builder.superuser_secret() {
        environment.insert("SUPERUSER_SECRET_ARN", superuser);
    }
    let shape = PasswordShape::of(&spec.secret.password, Some(database.engine));
    environment.insert("PASSWORD_LENGTH", shape.length.to_string().into());
    environment.insert("PASSWORD_EXCLUDE", shape.exclude.into());
    if !spec.secret.extra.is_empty() {
        let extra: serde_json::Map<_, _> =
            spec.secret.extra.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect();
        environment.insert("SECRET_EXTRA", serde_json::Value::Object(extra).to_string().into());
    }
    if let Some(url) = endpoint_url(builder) {
        environment.insert("AWS_ENDPOINT_URL_SECRETS_MANAGER", url);
        if let Some(api) = superuser_api::needed(builder).filter(|api| builder.has(Kind::Endpoint, api.service)) {
            let host = Text::Of(Id::new(Kind::Endpoint, api.service), Attribute::DnsName);
            environment.insert(api.url_variable, Text::joined(["https://".into(), host]));
        }
    }
    environment
}

/// The URL at which the function reaches Secrets Manager, where the service's own host name does not lead to it.
pub fn endpoint_url(builder: &mut Builder<'_>) -> Option<Text> {
    let vpc = builder.spec.placement.as_ref()?.vpc()?;
    let Way::Endpoint(endpoint) = vpc.egress.way() else { return None };
    if endpoint.private_dns.unwrap_or(true) {
        return None;
    }
    let host = if endpoint.existing.is_some() {
        // The host name ends in random characters that only AWS knows, so whoever deploys looks it up.
        builder.own_input(Input {
            key: "EndpointDnsName".to_owned(),
            name: "EndpointDnsName".to_owned(),
            description: "Host name of the existing endpoint: the first DnsEntries of `aws ec2 describe-vpc-endpoints`"
                .to_owned(),
            kind: ValueKind::Text,
            from: From::Caller { default: None },
        })
    } else {
        Text::Of(Id::new(Kind::Endpoint, "secrets-manager"), Attribute::DnsName)
    };
    Some(Text::joined(["https://".into(), host]))
}

/// The function's place in the VPC, if it has one.
pub fn function_network(builder: &mut Builder<'_>) -> Option<FunctionNetwork> {
    let vpc = builder.spec.placement.as_ref()?.vpc()?;
    let subnets = network::subnets(builder, &vpc.subnets);
    Some(FunctionNetwork { subnets, group: builder.function_group()? })
}
