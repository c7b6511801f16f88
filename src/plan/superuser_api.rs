//! The AWS API that AWS's own functions ask where a managed superuser's database is. Ours is told, and asks nobody.

use super::Text;
use super::builder::Builder;
use crate::spec::{Engine, Location};

/// The API of the service that owns the superuser's secret.
pub struct SuperuserApi {
    /// The endpoint's role within the plan, and the service's short name.
    pub service: &'static str,
    /// What people call the service.
    pub title: &'static str,
    /// The variable that tells an AWS SDK where the service is.
    pub url_variable: &'static str,
    /// All of the service's calls.
    pub all: &'static [&'static str],
    /// The calls.
    pub actions: &'static [&'static str],
    /// What they are made on.
    pub resources: Vec<Text>,
}

/// The API that the function must reach, if it must: the code is not ours, and the superuser's secret holds no host.
pub fn needed(builder: &Builder<'_>) -> Option<SuperuserApi> {
    let spec = builder.spec;
    let is_managed = spec.strategy.superuser().is_some_and(|superuser| superuser.rds_managed);
    if spec.function.is_bundled() || !is_managed {
        return None;
    }
    let database = spec.database.as_ref()?;
    // The calls are those of AWS's own functions; their resource levels are from the service authorization reference.
    Some(match (database.engine, database.locations().first()) {
        (Engine::Redshift, Some(Location::Workgroup(_))) => SuperuserApi {
            service: "redshift-serverless",
            all: &["redshift-serverless:*"],
            title: "Redshift Serverless",
            url_variable: "AWS_ENDPOINT_URL_REDSHIFT_SERVERLESS",
            actions: &["redshift-serverless:ListNamespaces", "redshift-serverless:ListWorkgroups"],
            resources: vec!["*".into()],
        },
        (Engine::Redshift, _) => SuperuserApi {
            service: "redshift",
            all: &["redshift:*"],
            title: "Redshift",
            url_variable: "AWS_ENDPOINT_URL_REDSHIFT",
            actions: &["redshift:DescribeClusters"],
            resources: vec![Text::arn("redshift", "cluster:*")],
        },
        _ => SuperuserApi {
            service: "rds",
            all: &["rds:*"],
            title: "RDS",
            url_variable: "AWS_ENDPOINT_URL_RDS",
            actions: &["rds:DescribeDBClusters", "rds:DescribeDBInstances"],
            resources: vec![Text::arn("rds", "cluster:*"), Text::arn("rds", "db:*")],
        },
    })
}
