//! Stage two, *check*: every rule that a spec can break, all findings in one run.
//!
//! This stage refuses and warns. It changes nothing, and no rule stops another. Only [`check`] builds a
//! [`Checked`], so the later stages take its promises as given and have no error to return.

mod arn;
mod claims;
mod cron;
mod home;
mod identifier;
mod interval;
pub mod run;
mod runtimes;
mod texts;
mod values;

use crate::diagnostic::{Code, Diagnostic, Route};
use crate::spec::{Database, Shipped, Source, SourceWith, SourceWord, Spec, VpcPlacement};

/// A spec that has passed every rule, with the user's files that are shipped with its function.
#[derive(Debug, Clone)]
pub struct Checked {
    spec: Spec,
    shipped: Shipped,
}

impl Checked {
    /// The spec.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The user's files that become part of the function.
    pub fn shipped(&self) -> &Shipped {
        &self.shipped
    }
}

/// What a rule looks at.
struct Subject<'s> {
    /// The spec.
    spec: &'s Spec,
    /// The user's files that become part of the function.
    shipped: &'s Shipped,
}

impl<'s> Subject<'s> {
    /// The database, when a function rotates its password.
    fn database(&self) -> Option<&'s Database> {
        self.spec.database.as_ref().filter(|_| !self.spec.strategy.is_managed())
    }

    /// The function's place in a VPC, when there is a function in one.
    fn vpc(&self) -> Option<&'s VpcPlacement> {
        self.spec.placement.as_ref().filter(|_| !self.spec.strategy.is_managed())?.vpc()
    }

    /// The runtime that the spec names, when there is a function that it is for.
    fn runtime(&self) -> Option<&'s str> {
        let ours = match &self.spec.function.source {
            Source::Word(SourceWord::Bundled) | Source::With(SourceWith::Directory(_) | SourceWith::S3(_)) => true,
            Source::Word(SourceWord::AwsHosted) | Source::With(SourceWith::Image(_) | SourceWith::Arn(_)) => false,
        };
        self.spec.function.runtime.as_deref().filter(|_| ours && !self.spec.strategy.is_managed())
    }

    /// Every overridden resource, with its route.
    fn overrides(&self) -> impl Iterator<Item = (Route, &'s serde_json::Map<String, serde_json::Value>)> {
        let overrides = &self.spec.overrides;
        [("overrides.cloudformation", &overrides.cloudformation), ("overrides.terraform", &overrides.terraform)]
            .into_iter()
            .flat_map(|(target, map)| map.iter().map(move |(key, value)| (Route::to(target).key(key), value)))
    }
}

/// A rule: its code, and what finds the places that break it.
struct Rule {
    code: &'static Code,
    find: fn(&Subject<'_>) -> Vec<Diagnostic>,
}

/// Declares each rule's module and lists it: one rule, one file, one code.
macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*
        static RULES: &[Rule] = &[$(Rule { code: &$module::CODE, find: $module::find }),*];
    };
}

rules! {
    name_invalid,
    description_too_long,
    text_unprintable,
    text_dynamic_reference,
    tag_invalid,
    tag_twice,
    tags_too_many,
    secret_login_or_arn,
    secret_name_invalid,
    secret_name_like_suffix,
    secret_extra_reserved,
    secret_extra_too_large,
    adopted_secret_key,
    adopted_secret_key_created,
    secret_arn_invalid,
    secret_managed_by_aws,
    kms_key_invalid,
    region_mismatch,
    partition_mismatch,
    account_mismatch,
    kms_key_account,
    kms_key_elsewhere,
    superuser_key_missing,
    replica_region_invalid,
    replica_region_twice,
    replica_key_elsewhere,
    recovery_days_ignored,
    username_invalid,
    username_too_long,
    username_reserved,
    username_is_clone,
    password_length,
    password_length_hosted,
    password_exclude_invalid,
    password_alphabet_empty,
    password_weak,
    database_missing,
    database_location,
    database_location_wrong,
    identifier_invalid,
    host_invalid,
    host_is_address,
    host_reader,
    host_private,
    proxy_alternating,
    proxy_host,
    dbname_missing,
    dbname_invalid,
    tls_unverified,
    ca_bundle_unused,
    ca_bundle_invalid,
    security_group_missing,
    security_group_unused,
    managed_secret_created,
    managed_secret_name,
    managed_ignores,
    superuser_is_secret,
    superuser_rds_managed,
    superuser_not_rds_managed,
    hosted_documentdb_superuser,
    hosted_documentdb_region,
    hosted_superuser,
    hosted_custom,
    db2_superuser_missing,
    engine_needs_source,
    engine_not_bundled,
    first_password_unknown,
    placement_missing,
    subnets_count,
    subnet_alone,
    subnet_public,
    resource_id_invalid,
    listed_twice,
    nat_gateway_kind,
    route_tables_count,
    endpoint_group_unused,
    endpoint_subnets_unused,
    endpoint_group_missing,
    schedule_twice,
    schedule_every_invalid,
    schedule_cron_invalid,
    schedule_too_often,
    schedule_never,
    schedule_window_invalid,
    schedule_window_too_long,
    schedule_not_immediate,
    function_key_unused,
    runtime_unknown,
    runtime_newer,
    runtime_ended,
    runtime_ends_soon,
    runtime_not_bundled,
    handler_invalid,
    timeout_short,
    log_retention_invalid,
    layers_too_many,
    layer_invalid,
    permissions_boundary_invalid,
    code_signing_config_invalid,
    image_invalid,
    image_not_pinned,
    object_not_pinned,
    bucket_invalid,
    function_arn_invalid,
    function_group_unattached,
    directory_missing,
    operator_invalid,
    operator_twice,
    operator_in_both,
    topic_invalid,
    email_invalid,
    email_twice,
    alerts_without_source,
    overdue_not_watched,
    parameter_name_invalid,
    parameter_name_taken,
    parameter_conflict,
    ssm_name_invalid,
    import_name_invalid,
    override_key_invalid,
    override_value_invalid,
    override_secret,
    override_protected,
}

/// Runs every rule. The spec comes back as [`Checked`] unless a rule refuses it; warnings come back either way.
pub fn check(spec: Spec, shipped: Shipped) -> (Option<Checked>, Vec<Diagnostic>) {
    let subject = Subject { spec: &spec, shipped: &shipped };
    let found: Vec<Diagnostic> = RULES.iter().flat_map(|rule| (rule.find)(&subject)).collect();
    let refused = found.iter().any(Diagnostic::is_error);
    ((!refused).then_some(Checked { spec, shipped }), found)
}

/// Every code: of files, of rules, and of specs that do not go together.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let rules = RULES.iter().map(|rule| rule.code);
    crate::spec::CODES.iter().copied().chain(rules).chain(run::CODES.iter().copied())
}
