//! URIs of images in ECR (Lambda developer guide, "Create a Lambda function using a container image").

use super::Subject;
use super::arn::{is_account, is_region};
use super::home;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "image-invalid",
    level: Level::Error,
    summary: "a value is not the URI of an image that Lambda can use",
    explanation: "Lambda takes images from a private ECR repository in its own Region: \
        `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`, with `@sha256:DIGEST` or `:TAG` behind it. Images from \
        Docker Hub, from a public gallery or from another Region have to be copied there first.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let known = home::in_region(subject.spec);
    let region = known.first().map(|told| told.arn.region);
    values::judge(subject, &[Kind::Image], &CODE, |text| {
        let form = "write `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:DIGEST`";
        match region_of(text) {
            None => Some((format!("`{text}` is not the URI of an image in ECR"), form.to_owned())),
            Some(own) => {
                let region = region.filter(|&region| region != own)?;
                Some((
                    format!("the image is in `{own}`, and the secret in `{region}`"),
                    format!("copy the image to a repository in `{region}`"),
                ))
            }
        }
    })
}

/// The Region of the image's registry.
fn region_of(uri: &str) -> Option<&str> {
    let (registry, image) = uri.split_once('/')?;
    let (account, rest) = registry.split_once('.')?;
    let rest = rest.strip_prefix("dkr.ecr.").or_else(|| rest.strip_prefix("dkr.ecr-fips."))?;
    let (region, suffix) = rest.split_once('.')?;
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    let (name, tag) = name.split_once(':').map_or((name, None), |(name, tag)| (name, Some(tag)));
    let is_name = (2..=256).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._/-".contains(&b));
    let is_tag = |tag: &str| {
        (1..=128).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
    };
    let is_digest = |digest: &str| {
        digest.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let fits = is_account(account)
        && is_region(region)
        && suffix.starts_with("amazonaws.")
        && is_name
        && tag.is_none_or(is_tag)
        && digest.is_none_or(is_digest);
    fits.then_some(region)
}
