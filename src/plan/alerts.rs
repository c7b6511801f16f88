//! Who hears of a rotation that failed or is overdue.

use super::builder::Builder;
use super::policy::{Document, Principal, Statement};
use super::resource::Resource;
use super::{Attribute, Exception, Id, Kind, Text, ValueKind};
use crate::spec::ValueOrCreate;

/// Plans the topic, the alarm and the rules.
pub fn plan(builder: &mut Builder<'_>) {
    let Some(alerts) = builder.spec.alerts.clone() else { return };
    let topic = match &alerts.topic {
        ValueOrCreate::Existing(topic) => builder.text(topic, ValueKind::TopicArn, "ARN of the topic for alerts"),
        ValueOrCreate::Create(_) => topic(builder, alerts.trail),
    };
    for (position, email) in alerts.email.iter().enumerate() {
        builder.add(
            Kind::Subscription,
            &format!("email-{}", position + 1),
            "alerts.email",
            "Hears of failures by mail, once its owner has confirmed the subscription.",
            Resource::Subscription { topic: topic.clone(), email: email.clone() },
        );
    }
    if let Some(function) = builder.function_name() {
        let name = format!("{}-rotation-failed", builder.spec.name);
        let title = builder.spec.name.clone();
        builder.add(
            Kind::Alarm,
            "rotation-failed",
            "alerts",
            "Rings when a step of a rotation fails: Secrets Manager itself reports no metric.",
            Resource::Alarm {
                name,
                description: format!("A rotation step of {title} failed; the function's log says why"),
                function,
                topic: topic.clone(),
            },
        );
    }
    if alerts.topic.existing().is_some() && !builder.spec.strategy.is_managed() {
        builder
            .assume("The existing topic's policy, and its key if it has one, let `cloudwatch.amazonaws.com` publish.");
    }
    if alerts.trail {
        let secret = builder.secret_arn();
        let name = format!("{}-rotation-failure", builder.spec.name);
        let managed = builder.spec.strategy.is_managed();
        builder.add(
            Kind::EventRule,
            "failure",
            "alerts.trail",
            "Passes Secrets Manager's own failure events on. They come through CloudTrail.",
            Resource::FailureEvents { name, secret, managed, topic: topic.clone() },
        );
        builder.assume("A CloudTrail trail records management events in this Region.");
        if alerts.topic.existing().is_some() {
            builder
                .assume("The existing topic's policy, and its key if it has one, let `events.amazonaws.com` publish.");
        }
    }
    if builder.makes_function() && builder.spec.function.is_bundled() {
        daily_check(builder);
    }
}

fn topic(builder: &mut Builder<'_>, trail: bool) -> Text {
    let name = format!("{}-rotation", builder.spec.name);
    let id = Id::new(Kind::Topic, "alerts");
    builder
        .add(
            Kind::Topic,
            "alerts",
            "alerts.topic",
            "Where alerts go. Messages name the secret; they hold nothing of it.",
            Resource::Topic { name },
        )
        .except([Exception::TopicServiceKey]);
    let arn = Text::Of(id.clone(), Attribute::Arn);
    let mut statements = Vec::new();
    // Without a function there are no errors to count, and so no alarm.
    if !builder.spec.strategy.is_managed() {
        statements.push(
            Statement::allow("AlarmsOfThisAccount", "CloudWatch's alarms.", &["sns:Publish"], [arn.clone()])
                .to(Principal::Service("cloudwatch.amazonaws.com"))
                .when("StringEquals", "aws:SourceAccount", Text::Account),
        );
    }
    if trail {
        let rule = Text::Of(Id::new(Kind::EventRule, "failure"), Attribute::Arn);
        statements.push(
            Statement::allow("FailureEvents", "The one rule below.", &["sns:Publish"], [arn.clone()])
                .to(Principal::Service("events.amazonaws.com"))
                .when("ArnEquals", "aws:SourceArn", rule),
        );
    }
    builder.add(
        Kind::TopicPolicy,
        "alerts",
        "alerts.topic",
        "Only AWS's alarms and events of this account may publish.",
        Resource::TopicPolicy { topic: id, document: Document(statements) },
    );
    builder.output("AlertTopicArn", "ARN of the topic for alerts", arn.clone());
    arn
}

fn daily_check(builder: &mut Builder<'_>) {
    let secret = builder.secret_arn();
    let function = Text::Of(Id::new(Kind::Function, "rotation"), Attribute::Arn);
    let name = format!("{}-rotation-overdue", builder.spec.name);
    builder.add(
        Kind::EventRule,
        "overdue",
        "alerts",
        "Asks the function once a day whether rotation is overdue; if so, the function fails and the alarm rings.",
        Resource::DailyCheck { name, secret, function: function.clone() },
    );
    builder.add(
        Kind::InvokePermission,
        "overdue",
        "alerts",
        "The daily check may invoke the function: that one rule of this account.",
        Resource::InvokePermission {
            function,
            principal: "events.amazonaws.com",
            source: Some(Text::Of(Id::new(Kind::EventRule, "overdue"), Attribute::Arn)),
        },
    );
}
