//! What the rotation function may do: its role, what it needs to exist, what it needs to rotate.

use super::builder::Builder;
use super::parts::Holder;
use super::policy::{Document, Principal, Statement};
use super::resource::Resource;
use super::{Attribute, Exception, Id, Kind, Text, ValueKind, superuser_api};

/// The calls of the four steps on the secret itself (Secrets Manager user guide, "Permissions for rotation").
pub const ROTATION_ACTIONS: &[&str] = &[
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
];

/// What Lambda itself needs to put a function into a VPC (Lambda developer guide, "Giving Lambda functions
/// access to resources in an Amazon VPC"). AWS takes no narrower resource than `*` for them.
const INTERFACE_ACTIONS: &[&str] = &[
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
];

/// The same page's Deny for calls from inside the function; it names one more action than the Allow.
const DENIED_INTERFACE_ACTIONS: &[&str] = &[
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DetachNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
];

/// The calls on the superuser's secret. AWS's own functions also look at its tags; ours needs the value alone.
pub fn superuser_actions(bundled: bool) -> &'static [&'static str] {
    if bundled {
        &["secretsmanager:GetSecretValue"]
    } else {
        &["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    }
}

/// The role, and the policy that must be there before the function.
pub fn plan_role(builder: &mut Builder<'_>) {
    let trust = Document(vec![
        Statement::allow("LambdaOfThisAccount", "Lambda, acting for this account.", &["sts:AssumeRole"], [])
            .to(Principal::Service("lambda.amazonaws.com"))
            .when("StringEquals", "aws:SourceAccount", Text::Account),
    ]);
    let boundary = builder.spec.function.permissions_boundary.clone();
    let boundary = boundary
        .map(|value| builder.text(&value, ValueKind::Text, "ARN of the policy that bounds the function's role"));
    let name = builder.iam_name("rotation");
    let title = builder.spec.name.clone();
    builder.add(
        Kind::Role,
        "rotation",
        "function",
        "The rotation function's identity. The policies below say what it may do; nothing else does.",
        Resource::Role { name, description: format!("Rotation function of {title}"), trust, boundary },
    );
    execution_policy(builder);
    builder.output(
        "RotationRoleArn",
        "ARN of the function's role, for resource policies that must admit it",
        Text::Of(Id::new(Kind::Role, "rotation"), Attribute::Arn),
    );
}

/// What the function needs to exist and run. Every `*` of the plan's identity policies is here.
fn execution_policy(builder: &mut Builder<'_>) {
    let mut statements = vec![
        Statement::allow(
            "WriteLogs",
            "Its own log group, which exists already: no right to create one.",
            &["logs:CreateLogStream", "logs:PutLogEvents"],
            [Text::Of(Id::new(Kind::LogGroup, "rotation"), Attribute::Streams)],
        ),
        Statement::allow(
            "GeneratePassword",
            "GetRandomPassword has no resource to name: \"*\" is the only value that AWS accepts.",
            &["secretsmanager:GetRandomPassword"],
            [Text::from("*")],
        ),
    ];
    if in_vpc(builder) {
        statements.push(Statement::allow(
            "NetworkInterfaces",
            "Lambda makes and removes the function's network interfaces with these; AWS documents them with \"*\". \
             Code inside the function is denied them by the rotation policy.",
            INTERFACE_ACTIONS,
            [Text::from("*")],
        ));
    }
    statements.extend(find_superuser_database(builder, true));
    if builder.spec.function.tracing {
        statements.push(Statement::allow(
            "Trace",
            "X-Ray has no resource to name.",
            &["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            [Text::from("*")],
        ));
    }
    let name = builder.iam_name("execution");
    let in_vpc = in_vpc(builder);
    let title = builder.spec.name.clone();
    builder
        .add(
            Kind::Policy,
            "execution",
            "function",
            if in_vpc {
                "What the function needs to exist: logs, passwords and network interfaces. It must be in place before the function."
            } else {
                "What the function needs to run: logs and passwords. It must be in place before the function."
            },
            Resource::Policy {
                name,
                description: format!("What the rotation function of {title} needs to run"),
                document: Document(statements),
                holders: vec![holder()],
            },
        )
        .except([Exception::WildcardResource]);
    builder.output(
        "ExecutionPolicyArn",
        "ARN of the policy with what the function needs to run",
        Text::Of(Id::new(Kind::Policy, "execution"), Attribute::Arn),
    );
}

/// Plans what the function needs to rotate: it names the function, so it comes after it.
pub fn plan(builder: &mut Builder<'_>) {
    if !builder.makes_function() {
        return;
    }
    let function = Text::Of(Id::new(Kind::Function, "rotation"), Attribute::Arn);
    let secret = builder.secret_arn();
    let mut statements = vec![
        Statement::allow(
            "RotateThisSecret",
            "The calls of a rotation, on this secret, and only while this function is the one attached to it.",
            ROTATION_ACTIONS,
            [secret.clone()],
        )
        .when("ArnEquals", "secretsmanager:resource/AllowRotationLambdaArn", function.clone()),
    ];
    if let Some(key) = builder.secret_key() {
        statements.push(
            Statement::allow(
                "UseSecretKey",
                "Secrets Manager uses the key in the function's name; the context ties it to this secret.",
                &["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
                [key],
            )
            .when("StringEquals", "kms:EncryptionContext:SecretARN", secret),
        );
    }
    if let Some(superuser) = builder.superuser_secret() {
        let actions = superuser_actions(builder.spec.function.is_bundled());
        statements.push(Statement::allow(
            "ReadSuperuserSecret",
            "The superuser sets the password; its own secret is only read.",
            actions,
            [superuser.clone()],
        ));
        if let Some(key) = builder.superuser_key() {
            statements.push(
                Statement::allow("UseSuperuserKey", "To read the superuser's secret.", &["kms:Decrypt"], [key]).when(
                    "StringEquals",
                    "kms:EncryptionContext:SecretARN",
                    superuser,
                ),
            );
        }
    }
    let has_key = builder.spec.secret.kms_key.as_ref().is_some_and(|key| key.existing().is_some());
    if has_key || builder.superuser_key().is_some() {
        builder.assume("The policy of each KMS key that the spec names lets IAM policies of its account decide, or admits the function's role (output `RotationRoleArn`).");
    }
    statements.extend(find_superuser_database(builder, false));
    if in_vpc(builder) {
        statements.push(
            Statement::deny(
                "NoNetworkInterfacesFromInside",
                "Only Lambda itself needs these rights; calls made by the function's code are denied.",
                DENIED_INTERFACE_ACTIONS,
            )
            .when("ArnEquals", "lambda:SourceFunctionArn", function),
        );
    }
    let name = builder.iam_name("rotation");
    let title = builder.spec.name.clone();
    builder.add(
        Kind::Policy,
        "rotation",
        "strategy",
        "What the function needs to rotate: this secret and its key, and no other.",
        Resource::Policy {
            name,
            description: format!("What the rotation function of {title} needs to rotate"),
            document: Document(statements),
            holders: vec![holder()],
        },
    );
    builder.output(
        "RotationPolicyArn",
        "ARN of the policy with what the function needs to rotate",
        Text::Of(Id::new(Kind::Policy, "rotation"), Attribute::Arn),
    );
}

/// The questions about a managed superuser's database; apart where AWS takes only `*` for them.
fn find_superuser_database(builder: &Builder<'_>, on_everything: bool) -> Option<Statement> {
    let api = superuser_api::needed(builder)?;
    let is_wildcard = api.resources == [Text::from("*")];
    (is_wildcard == on_everything).then(|| {
        Statement::allow(
            "FindSuperuserDatabase",
            "A superuser secret that a service manages holds no host; AWS's functions ask the service for it.",
            api.actions,
            api.resources,
        )
    })
}

fn holder() -> Holder {
    Holder::Role(Text::Of(Id::new(Kind::Role, "rotation"), Attribute::Name))
}

fn in_vpc(builder: &Builder<'_>) -> bool {
    builder.spec.placement.as_ref().is_some_and(|placement| placement.vpc().is_some())
}
