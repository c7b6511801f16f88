//! Roles and users to whom a policy can be attached (IAM user guide, "IAM identifiers"; "Service-linked roles"; IAM
//! Identity Center user guide, "Permission sets").

use super::Subject;
use super::arn::{Arn, is_account};
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "operator-invalid",
    level: Level::Error,
    summary: "an operator is not a role or user that a policy can be attached to",
    explanation: "The operators' policies are attached to roles and users, which are named by the ARN that IAM shows: \
        `arn:aws:iam::ACCOUNT:role/NAME` or `.../user/NAME`. Sessions, groups, whole accounts and patterns cannot carry \
        an attached policy, and roles that AWS maintains do not let one be attached.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Operator], &CODE, |text| {
        let form = "write `arn:aws:iam::ACCOUNT:role/NAME` or `arn:aws:iam::ACCOUNT:user/NAME`";
        let Some(arn) = Arn::parse(text).filter(|arn| is_account(arn.account) && arn.region.is_empty()) else {
            return Some((format!("`{text}` is not the ARN of a role or user"), form.to_owned()));
        };
        fault(arn, text).map(|(message, help)| (message, help.unwrap_or_else(|| form.to_owned())))
    })
}

fn fault(arn: Arn<'_>, text: &str) -> Option<(String, Option<String>)> {
    let (kind, rest) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
    let name = rest.rsplit('/').next().unwrap_or("");
    match (arn.service, kind) {
        ("sts", "assumed-role") => {
            let role = rest.split('/').next().unwrap_or("");
            let (partition, account) = (arn.partition, arn.account);
            Some((
                format!("`{text}` is a session, which ends"),
                Some(format!("name the role: `arn:{partition}:iam::{account}:role/{role}`, with its path if it has one")),
            ))
        }
        ("iam", "root") => Some((
            format!("`{text}` is a whole account, to which no policy can be attached"),
            Some("name the roles or users that operate the rotation".to_owned()),
        )),
        ("iam", "group") => Some((
            format!("`{text}` is a group"),
            Some("name a role that the group's members assume, or the users themselves".to_owned()),
        )),
        ("iam", "role" | "user") if rest.contains(['*', '?']) => Some((
            format!("`{text}` has a wildcard, and a policy is attached to one role or user at a time"),
            Some("name each of them".to_owned()),
        )),
        ("iam", "role") if rest.starts_with("aws-reserved/") || name.starts_with("AWSReservedSSO_") => Some((
            format!("`{text}` belongs to IAM Identity Center, which lets no policy be attached"),
            Some("name another role, and attach the policies that the stack puts out to the permission set".to_owned()),
        )),
        ("iam", "role") if rest.starts_with("aws-service-role/") => {
            Some((format!("`{text}` belongs to an AWS service, which lets no policy be attached"), None))
        }
        ("iam", "role" | "user") if is_name(name) && rest.chars().all(|c| c.is_ascii_graphic()) => None,
        _ => Some((format!("`{text}` is not the ARN of a role or user"), None)),
    }
}

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
}
