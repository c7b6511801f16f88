//! When the secret rotates, and who may call the function for it.

use super::builder::Builder;
use super::parts::{Hosted, Rotator, Schedule};
use super::resource::Resource;
use super::{Exception, Id, Kind, PasswordShape, function};
use crate::spec::Engine;

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
