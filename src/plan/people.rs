//! Who may touch the rotation: one policy to set it up, one to start it, never mixed.

use super::builder::Builder;
use super::parts::Holder;
use super::policy::{Document, Statement};
use super::resource::Resource;
use super::{Attribute, Exception, Id, Kind, Text, ValueKind};
use crate::spec::Value;

/// The role of the policy that sets rotation up.
const CONFIGURE: &str = "configure";

/// Plans the two policies.
pub fn plan(builder: &mut Builder<'_>) {
    let operators = builder.spec.operators.clone();
    if !operators.configure.is_empty() {
        configure(builder, &operators.configure);
    }
    if !operators.trigger.is_empty() {
        trigger(builder, &operators.trigger);
    }
}

fn configure(builder: &mut Builder<'_>, principals: &[Value]) {
    let secret = builder.secret_arn();
    let function = builder.function_arn();
    let why = match &function {
        Some(_) => "Attach this function to this secret, change the schedule, cancel a rotation, repair its labels.",
        None => "Change the schedule, cancel a rotation, repair its labels.",
    };
    let mut set_up = Statement::allow(
        "SetUpRotation",
        why,
        &[
            "secretsmanager:CancelRotateSecret",
            "secretsmanager:DescribeSecret",
            "secretsmanager:RotateSecret",
            "secretsmanager:UpdateSecretVersionStage",
        ],
        [secret],
    );
    set_up = with_this_function(set_up, function.as_ref());
    let mut statements = vec![set_up];
    statements.extend(function.map(invoke));
    policy(
        builder,
        CONFIGURE,
        "operators.configure",
        "May set rotation up, change and cancel it.",
        statements,
        principals,
    );
}

fn trigger(builder: &mut Builder<'_>, principals: &[Value]) {
    let secret = builder.secret_arn();
    let function = builder.function_arn();
    let mut statements = vec![
        // RotateSecret can also change the schedule and the function: the conditions leave only the start.
        {
            let start = Statement::allow(
                "StartRotation",
                "Start a rotation as it is set up: no other schedule, no other function.",
                &["secretsmanager:RotateSecret"],
                [secret.clone()],
            )
            .when("BoolIfExists", "secretsmanager:ModifyRotationRules", "false");
            with_this_function(start, function.as_ref())
        },
        Statement::allow(
            "SeeTheResult",
            "A rotation runs on its own; this tells how it went.",
            &["secretsmanager:DescribeSecret"],
            [secret],
        ),
    ];
    statements.extend(function.map(invoke));
    policy(
        builder,
        "trigger",
        "operators.trigger",
        "May start a rotation as it is set up, and change nothing.",
        statements,
        principals,
    );
}

/// Keeps the caller from attaching another function; where none rotates, any.
fn with_this_function(statement: Statement, function: Option<&Text>) -> Statement {
    match function {
        Some(function) => statement.when("ArnEqualsIfExists", "secretsmanager:RotationLambdaARN", function.clone()),
        None => statement.when("Null", "secretsmanager:RotationLambdaARN", "true"),
    }
}

/// RotateSecret demands the right to invoke the function from its caller (API reference, RotateSecret).
fn invoke(function: Text) -> Statement {
    Statement::allow(
        "InvokeFunction",
        "RotateSecret demands it of its caller. Called directly, the function refuses all but a step of a rotation under way.",
        &["lambda:InvokeFunction"],
        [function],
    )
}

fn policy(
    builder: &mut Builder<'_>,
    role: &'static str,
    origin: &str,
    purpose: &str,
    statements: Vec<Statement>,
    principals: &[Value],
) {
    if principals.iter().any(|principal| principal.literal().is_none()) {
        builder.assume(
            "The operators' ARNs that are known only at deploy time belong to roles of this account, without a path.",
        );
    }
    let holders: Vec<Holder> = principals.iter().map(|principal| holder(builder, principal)).collect();
    let has_user = holders.iter().any(|holder| matches!(holder, Holder::User(_)));
    let name = builder.iam_name(role);
    let title = builder.spec.name.clone();
    builder
        .add(
            Kind::Policy,
            role,
            origin,
            purpose,
            Resource::Policy {
                name,
                description: format!("{} ({title})", purpose.trim_end_matches('.')),
                document: Document(statements),
                holders,
            },
        )
        .except(has_user.then_some(Exception::AttachedToUser));
    let (output, described) = match role {
        CONFIGURE => ("ConfigurePolicyArn", "ARN of the policy of those who may set rotation up"),
        _ => ("TriggerPolicyArn", "ARN of the policy of those who may start a rotation"),
    };
    builder.output(output, described, Text::Of(Id::new(Kind::Policy, role), Attribute::Arn));
}

/// The name in the ARN of a role or user. A path is part of a literal ARN's resource, not of the name;
/// an ARN that is known only at deploy time is taken to be a role's, without a path.
fn holder(builder: &mut Builder<'_>, principal: &Value) -> Holder {
    match builder.text(principal, ValueKind::RoleArn, "ARN of an IAM role without a path") {
        Text::Literal(arn) => {
            let name = Text::from(arn.rsplit('/').next().unwrap_or(&arn));
            if arn.contains(":user/") { Holder::User(name) } else { Holder::Role(name) }
        }
        later => Holder::Role(Text::Part(Box::new(later), '/', 1)),
    }
}
