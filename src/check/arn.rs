//! ARNs taken apart (IAM user guide, "Identify AWS resources with Amazon Resource Names").

use std::sync::LazyLock;

use regex::Regex;

/// An ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'t> {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: &'t str,
    /// `secretsmanager`, `kms`.
    pub service: &'t str,
    /// `eu-west-1`; empty for global services.
    pub region: &'t str,
    /// Twelve digits, `aws`, or empty.
    pub account: &'t str,
    /// All that follows.
    pub resource: &'t str,
}

impl<'t> Arn<'t> {
    /// The parts of a text that has the form of an ARN.
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let ("arn", partition, service, region, account, resource) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?)
        else {
            return None;
        };
        let known = partition == "aws" || partition.starts_with("aws-");
        (known && !resource.is_empty()).then_some(Self { partition, service, region, account, resource })
    }

    /// The ARN of something that a service keeps in one Region of one account.
    pub fn regional(text: &'t str, service: &str) -> Option<Self> {
        Self::parse(text).filter(|arn| arn.service == service && is_region(arn.region) && is_account(arn.account))
    }
}

/// Whether the text has the form of a Region's name: `eu-west-1`, `us-gov-east-1`.
pub fn is_region(text: &str) -> bool {
    static REGION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[a-z]{2,5}(-[a-z]+){1,3}-[0-9]{1,2}$").ok());
    REGION.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Whether the text has the form of an account's number.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_arn_apart() {
        let arn = Arn::parse("arn:aws-cn:sns:cn-north-1:111122223333:a:b").unwrap();
        assert_eq!((arn.partition, arn.service, arn.region), ("aws-cn", "sns", "cn-north-1"));
        assert_eq!((arn.account, arn.resource), ("111122223333", "a:b"));
    }

    #[test]
    fn takes_no_other_text_for_one() {
        for text in ["", "arn", "arn:aws", "arn:aws:s3:::", "arn:gcp:kms:a:b:c", "ARN:aws:kms:a:b:c"] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn knows_regions_by_their_form() {
        for region in ["eu-west-1", "us-gov-west-1", "ap-southeast-7", "us-iso-east-1", "eusc-de-east-1", "cn-north-1"]
        {
            assert!(is_region(region), "{region}");
        }
        for other in ["eu-west", "eu-west-1a", "EU-WEST-1", "frankfurt", "", "eu_west_1", "us-east-1 "] {
            assert!(!is_region(other), "{other}");
        }
    }
}
