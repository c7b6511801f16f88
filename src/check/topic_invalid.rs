//! Topics that an alarm can reach (CloudWatch user guide, "Notifying users on alarm changes": standard topics only).

use super::Subject;
use super::arn::Arn;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "topic-invalid",
    level: Level::Error,
    summary: "a value is not the ARN of a topic that alarms can reach",
    explanation: "Alarms send to a standard SNS topic, named by its ARN: `arn:aws:sns:REGION:ACCOUNT:NAME`. FIFO topics get \
        no messages from alarms, so nobody would hear of a failed rotation. `create` makes a topic.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Topic], &CODE, |text| {
        let form = "write `arn:aws:sns:REGION:ACCOUNT:NAME`, or `create` to have a topic made";
        let is_name = |name: &str| {
            (1..=256).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        match Arn::regional(text, "sns").map(|arn| arn.resource) {
            Some(name) if is_name(name) => None,
            Some(name) if name.strip_suffix(".fifo").is_some_and(is_name) => {
                Some((format!("`{text}` is a FIFO topic, which gets no messages from alarms"), form.to_owned()))
            }
            Some(name) if name.contains(':') => Some((
                format!("`{text}` is a subscription, not a topic"),
                format!("write the topic's ARN, without what stands behind `{}`", name.split(':').next().unwrap_or("")),
            )),
            _ => Some((format!("`{text}` is not the ARN of an SNS topic"), form.to_owned())),
        }
    })
}
