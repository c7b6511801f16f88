//! What the ARNs that a spec writes out tell of the account and Region it will be deployed in.

use super::arn::{Arn, is_account, is_region};
use super::values::{self, Kind};
use crate::diagnostic::Route;
use crate::spec::Spec;

/// An ARN that the spec writes out.
#[derive(Debug, Clone)]
pub struct Told<'s> {
    /// Where it stands.
    pub route: Route,
    /// What it stands for.
    pub kind: Kind,
    /// The ARN.
    pub arn: Arn<'s>,
}

/// Every ARN that the spec writes out and that has an effect. A parameter's default tells nothing: whoever deploys
/// may pass another.
pub fn arns(spec: &Spec) -> Vec<Told<'_>> {
    let managed = spec.strategy.is_managed();
    values::all(spec)
        .into_iter()
        .filter(|placed| !(managed && placed.route.to_string().starts_with("function.")))
        .filter_map(|placed| {
            let arn = placed.value.literal().and_then(Arn::parse)?;
            Some(Told { route: placed.route, kind: placed.kind, arn })
        })
        .collect()
}

/// Those of things that must be in the Region of the secret. A replica's key is in the replica's Region.
pub fn in_region(spec: &Spec) -> Vec<Told<'_>> {
    let mut told = arns(spec);
    told.retain(|told| is_region(told.arn.region) && !told.route.to_string().starts_with("secret.replica_regions"));
    told
}

/// Those of things that must be in the account of the secret. Keys, layers, topics and superuser secrets may be another's.
pub fn in_account(spec: &Spec) -> Vec<Told<'_>> {
    let mut told = arns(spec);
    told.retain(|told| {
        let own = match told.kind {
            Kind::Secret => told.route == Route::to("secret.arn"),
            Kind::Operator | Kind::Function | Kind::CodeSigningConfig | Kind::PermissionsBoundary => true,
            _ => false,
        };
        // AWS's own managed policies carry `aws` in the place of the account.
        own && is_account(told.arn.account)
    });
    told
}
