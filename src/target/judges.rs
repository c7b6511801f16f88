//! Where the output departs from common advice on purpose: which rules of which judge say so, and why it is right here.

use crate::plan::Exception;

/// The rules that a departure goes against, and the reason for it.
#[derive(Debug)]
pub struct Suppression {
    /// Rules of AWS's Guard rules registry.
    pub guard: &'static [&'static str],
    /// Checkov's checks of CloudFormation.
    pub checkov_cloudformation: &'static [&'static str],
    /// Checkov's checks of Terraform.
    pub checkov_terraform: &'static [&'static str],
    /// Why it is right here, in one line.
    pub reason: &'static str,
}

/// The rules and the reason of a departure.
pub fn suppression(exception: Exception) -> Suppression {
    let (guard, checkov_cloudformation, checkov_terraform, reason): (&[_], &[_], &[_], _) = match exception {
        Exception::AwsManagedKey => (
            &["SECRETSMANAGER_USING_CMK"],
            &["CKV_AWS_149"],
            &["CKV_AWS_149"],
            "The AWS managed key costs nothing; secret.kms_key sets another",
        ),
        Exception::LogsServiceKey => (
            &["CLOUDWATCH_LOG_GROUP_ENCRYPTED"],
            &["CKV_AWS_158"],
            &["CKV_AWS_158"],
            "The lines hold no secret; function.log_kms_key sets a key",
        ),
        Exception::LogRetention => (
            &["CW_LOGGROUP_RETENTION_PERIOD_CHECK"],
            &[],
            &["CKV_AWS_338"],
            "The spec sets this retention: function.log_retention_days",
        ),
        Exception::NoDeadLetterQueue => (
            &["LAMBDA_DLQ_CHECK"],
            &["CKV_AWS_116"],
            &["CKV_AWS_116"],
            "Rotations are invoked synchronously, so none becomes a dead letter",
        ),
        Exception::NoConcurrencyLimit => (
            &["LAMBDA_CONCURRENCY_CHECK"],
            &["CKV_AWS_115"],
            &["CKV_AWS_115"],
            "A limit could throttle; function.reserved_concurrency sets one",
        ),
        Exception::OutsideVpc => (
            &["LAMBDA_INSIDE_VPC"],
            &["CKV_AWS_117"],
            &["CKV_AWS_117"],
            "The database is publicly reachable: a VPC would add nothing",
        ),
        Exception::EnvironmentServiceKey => {
            (&[], &["CKV_AWS_173"], &["CKV_AWS_173"], "It holds no secret: a host, a port, a password's length")
        }
        Exception::NoTracing => {
            (&[], &[], &["CKV_AWS_50"], "Four logged calls a rotation; function.tracing turns it on")
        }
        Exception::NoCodeSigning => {
            (&[], &[], &["CKV_AWS_272"], "Pinned by hash; function.code_signing_config adds signatures")
        }
        Exception::WildcardResource => (
            &["IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE"],
            &["CKV_AWS_111"],
            &["CKV_AWS_111", "CKV_AWS_356"],
            "AWS takes only * for these; each statement says why",
        ),
        Exception::TopicServiceKey => (
            &["SNS_ENCRYPTED_KMS"],
            &["CKV_AWS_26"],
            &["CKV_AWS_26"],
            "CloudWatch cannot publish through the AWS managed key",
        ),
        Exception::EgressToWorld => (
            &["EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE"],
            &[],
            &[],
            "A NAT gateway, or an unnamed endpoint, has no group to point to",
        ),
        Exception::AttachedOutside => (&[], &[], &["CKV2_AWS_5"], "Attached to a function that is not made here"),
        Exception::AttachedToUser => (&[], &[], &["CKV_AWS_40"], "The spec names this user: operators"),
        Exception::SlowRotation => (&[], &[], &["CKV_AWS_304"], "The spec sets this interval: schedule.every"),
    };
    Suppression { guard, checkov_cloudformation, checkov_terraform, reason }
}
