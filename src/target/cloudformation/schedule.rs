//! When the secret rotates, in CloudFormation's words.

use super::document::Map;
use super::text::value;
use crate::plan::{Hosted, Plan, Rotator, Schedule, Text};

/// The schedule's properties.
pub fn properties(plan: &Plan, schedule: &Schedule) -> Map {
    let mut map = Map::new().with("SecretId", value(plan, &schedule.secret));
    match &schedule.rotator {
        Rotator::Function(function) => map.push("RotationLambdaARN", value(plan, function)),
        Rotator::Hosted(hosted) => map.push("HostedRotationLambda", self::hosted(plan, hosted)),
        Rotator::Service => {}
    }
    map.with("RotateImmediatelyOnUpdate", schedule.immediately).with(
        "RotationRules",
        Map::new()
            .with("ScheduleExpression", schedule.expression.as_str())
            .with_some("Duration", schedule.window.clone()),
    )
}

fn hosted(plan: &Plan, hosted: &Hosted) -> Map {
    let of = |text: &Text| value(plan, text);
    let users = if hosted.multi_user { "MultiUser" } else { "SingleUser" };
    let mut map = Map::new()
        .with("RotationType", format!("{}{users}", hosted.engine))
        .with("RotationLambdaName", hosted.name.as_str())
        .with("ExcludeCharacters", hosted.exclude.as_str())
        .with_some("KmsKeyArn", hosted.key.as_ref().map(of))
        .with_some("SuperuserSecretArn", hosted.superuser_secret.as_ref().map(of))
        .with_some("SuperuserSecretKmsKeyArn", hosted.superuser_key.as_ref().map(of));
    if let Some(network) = &hosted.network {
        map.push("VpcSecurityGroupIds", of(&network.group));
        map.push("VpcSubnetIds", value(plan, &comma_separated(&network.subnets)));
    }
    map
}

/// Texts as one, with commas between them.
fn comma_separated(texts: &[Text]) -> Text {
    let mut parts = Vec::new();
    for (position, text) in texts.iter().enumerate() {
        if position > 0 {
            parts.push(Text::from(","));
        }
        parts.push(text.clone());
    }
    Text::Joined(parts)
}
