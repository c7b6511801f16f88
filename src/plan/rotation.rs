//! When the secret rotates, and who may call the function for it.

use super::builder::Builder;
use super::parts::{Hosted, Rotator, Schedule};
use super::resource::Resource;
use super::{Exception, Id, Kind, PasswordShape, Step, Text, function};
use crate::spec::{Engine, Source, SourceWith, Strategy, StrategyWord};

/// Plans the invoke permission and the schedule.
pub fn plan(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    let secret = builder.secret_arn();
    let rotator = rotator(builder);
    if let Rotator::Function(function) = &rotator {
        builder.add(
            Kind::InvokePermission,
            "secrets-manager",
            "function",
            "Secrets Manager may invoke the function: in this account, for this secret.",
            Resource::InvokePermission {
                function: function.clone(),
                principal: "secretsmanager.amazonaws.com",
                source: Some(secret.clone()),
            },
        );
    }
    let expression = expression(builder);
    let slow = is_slow(&expression);
    // AWS calls the function as soon as the schedule exists, even when the first rotation is to wait:
    // it then runs the test step (RotateSecret, API reference, RotateImmediately).
    let needed = [
        Kind::InvokePermission,
        Kind::Policy,
        Kind::Connection,
        Kind::Ingress,
        Kind::Endpoint,
        Kind::Route,
        Kind::SecurityGroup,
    ];
    let after: Vec<Id> = needed.into_iter().flat_map(|kind| builder.all(kind)).collect();
    let purpose = match rotator {
        Rotator::Service => "When the service that owns the secret rotates it.",
        Rotator::Function(_) | Rotator::Hosted(_) => {
            "When the secret rotates. AWS calls the function as soon as this exists, so all that the function needs comes first."
        }
    };
    builder
        .add(
            Kind::Schedule,
            "rotation",
            "schedule",
            purpose,
            Resource::Schedule(Box::new(Schedule {
                secret,
                expression,
                window: spec.schedule.window.clone(),
                immediately: spec.schedule.immediately.unwrap_or(true),
                rotator,
            })),
        )
        .after(after)
        .except(slow.then_some(Exception::SlowRotation));
    steps(builder);
}

fn rotator(builder: &mut Builder<'_>) -> Rotator {
    if builder.spec.function.is_aws_hosted() && !builder.spec.strategy.is_managed() {
        return Rotator::Hosted(hosted(builder));
    }
    builder.function_arn().map_or(Rotator::Service, Rotator::Function)
}

fn hosted(builder: &mut Builder<'_>) -> Hosted {
    let spec = builder.spec;
    let engine = spec.database.as_ref().map_or(Engine::Postgres, |database| database.engine);
    // CloudFormation template reference, HostedRotationLambda.RotationType.
    let spelled = match engine {
        Engine::Postgres | Engine::Custom => "PostgreSQL",
        Engine::Mysql => "MySQL",
        Engine::Mariadb => "MariaDB",
        Engine::Sqlserver => "SQLServer",
        Engine::Oracle => "Oracle",
        Engine::Db2 => "Db2",
        Engine::Documentdb => "MongoDB",
        Engine::Redshift => "Redshift",
    };
    Hosted {
        name: builder.rotation_name(),
        engine: spelled,
        is_rds: !matches!(engine, Engine::Documentdb | Engine::Redshift),
        multi_user: spec.strategy.is_alternating(),
        superuser_secret: builder.superuser_secret(),
        superuser_key: builder.superuser_key(),
        key: builder.secret_key(),
        exclude: PasswordShape::of(&spec.secret.password, Some(engine)).exclude,
        network: function::function_network(builder),
        endpoint: function::endpoint_url(builder),
    }
}

/// The schedule in AWS's words.
fn expression(builder: &Builder<'_>) -> String {
    let schedule = &builder.spec.schedule;
    match (&schedule.cron, &schedule.every) {
        (Some(cron), _) => format!("cron({})", cron.split_whitespace().collect::<Vec<_>>().join(" ")),
        (None, Some(every)) => format!("rate({})", rate(every)),
        (None, None) => "rate(30 days)".to_owned(),
    }
}

/// AWS wants `1 day` and `2 days`.
fn rate(every: &str) -> String {
    let mut words = every.split_whitespace();
    let (number, unit) = (words.next().unwrap_or("30"), words.next().unwrap_or("days"));
    let number = number.trim_start_matches('0');
    let unit = unit.trim_end_matches('s');
    if number == "1" { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

/// Whether more than 90 days pass between rotations.
fn is_slow(expression: &str) -> bool {
    expression
        .strip_prefix("rate(")
        .and_then(|rest| rest.strip_suffix(" days)"))
        .and_then(|days| days.parse::<u32>().ok())
        .is_some_and(|days| days > 90)
}

/// What somebody must do by hand before or after the deployment.
fn steps(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    if let (Some(username), Strategy::Word(StrategyWord::SingleUser)) = (&spec.secret.username, &spec.strategy) {
        let Step { what, command } = first_password(username, spec.database.as_ref().map(|database| database.engine));
        builder.step(what, command);
    }
    if let Source::With(SourceWith::Arn(_)) = spec.function.source {
        builder.assume(
            "The existing function's role allows the calls of a rotation on the secret, reading the superuser's secret if there is one, and the use of their keys.",
        );
        if spec.placement.as_ref().and_then(|placement| placement.vpc()).is_some_and(|vpc| vpc.security_group.is_none())
        {
            builder.step(
                "Put the existing function into the subnets of the spec and attach the security group that this deployment makes (output `FunctionSecurityGroupId`): nothing here changes the function itself.",
                None,
            );
        }
    }
    if !spec.function.is_bundled() && spec.function.existing_arn().is_none() && !spec.function.is_aws_hosted() {
        builder.assume("The code you bring carries out the four steps of a rotation and reads its settings from the environment shown in the function.");
    }
}

fn first_password(username: &str, engine: Option<Engine>) -> Step {
    let quoted = username.replace('"', "\"\"");
    let single = username.replace('\'', "''");
    let command = match engine {
        Some(Engine::Postgres | Engine::Redshift) => {
            format!("ALTER USER \"{quoted}\" PASSWORD '<the password in the secret>';")
        }
        Some(Engine::Mysql | Engine::Mariadb) => {
            // A backslash escapes there too.
            let single = single.replace('\\', "\\\\");
            format!("ALTER USER '{single}'@'%' IDENTIFIED BY '<the password in the secret>';")
        }
        Some(Engine::Sqlserver) => {
            format!("ALTER LOGIN [{}] WITH PASSWORD = '<the password in the secret>';", username.replace(']', "]]"))
        }
        Some(Engine::Oracle) => format!("ALTER USER \"{quoted}\" IDENTIFIED BY \"<the password in the secret>\";"),
        Some(Engine::Documentdb) => {
            format!("db.updateUser({}, {{ pwd: \"<the password in the secret>\" }})", serde_json::Value::from(username))
        }
        Some(Engine::Db2) => format!("call rdsadmin.change_password('{single}', '<the password in the secret>')"),
        Some(Engine::Custom) | None => "# set the login's password to the one in the secret".to_owned(),
    };
    Step {
        what: format!(
            "The login `{username}` does not know the password that was just made for it, and nobody but itself may change it. After the deployment set it once, as an administrator of the database; the next attempt of the first rotation then succeeds. With `strategy: single-user: {{ superuser_secret: … }}` this step is not needed."
        ),
        command: Some(command),
    }
}

impl Rotator {
    /// The function's ARN, when the plan knows it.
    pub fn function(&self) -> Option<&Text> {
        match self {
            Self::Function(arn) => Some(arn),
            Self::Hosted(_) | Self::Service => None,
        }
    }
}
