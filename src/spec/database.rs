//! The database whose password rotates.

use schemars::JsonSchema;
use serde::Deserialize;

use super::value::Value;

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// What it is.
    pub engine: Engine,
    /// An RDS or DocumentDB instance identifier. Exactly one of `instance`, `cluster`, `workgroup`, `host`.
    pub instance: Option<Value>,
    /// An Aurora, DocumentDB or Redshift cluster identifier.
    pub cluster: Option<Value>,
    /// A Redshift Serverless workgroup.
    pub workgroup: Option<Value>,
    /// A host name.
    pub host: Option<Value>,
    /// The port; the engine's usual one by default.
    #[schemars(range(min = 1, max = 65535))]
    pub port: Option<u16>,
    /// The database that the function connects to.
    pub dbname: Option<String>,
    /// The database's security group, which is opened to the function. Required inside a VPC.
    pub security_group: Option<Value>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub tls: Tls,
    /// A PEM file, relative to the spec, that is shipped with the function as its trust store.
    pub ca_bundle: Option<String>,
}

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// PostgreSQL, Aurora PostgreSQL.
    Postgres,
    /// MySQL, Aurora MySQL.
    Mysql,
    /// MariaDB.
    Mariadb,
    /// Microsoft SQL Server.
    Sqlserver,
    /// Oracle.
    Oracle,
    /// IBM Db2.
    Db2,
    /// Amazon DocumentDB.
    Documentdb,
    /// Amazon Redshift, provisioned or serverless.
    Redshift,
    /// Anything else: the function is yours.
    Custom,
}

/// How the connection to the database is encrypted. There is no unencrypted choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Encrypted; the certificate's chain and host name are checked.
    #[default]
    VerifyFull,
    /// Encrypted; the certificate is not checked.
    Require,
}

/// How the spec names the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location<'s> {
    /// An RDS or DocumentDB instance.
    Instance(&'s Value),
    /// An Aurora, DocumentDB or Redshift cluster.
    Cluster(&'s Value),
    /// A Redshift Serverless workgroup.
    Workgroup(&'s Value),
    /// A host name.
    Host(&'s Value),
}

impl Location<'_> {
    /// The spec's key for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Instance(_) => "instance",
            Self::Cluster(_) => "cluster",
            Self::Workgroup(_) => "workgroup",
            Self::Host(_) => "host",
        }
    }
}

impl Database {
    /// Every way in which the spec names the database; a checked spec has exactly one.
    pub fn locations(&self) -> Vec<Location<'_>> {
        [
            self.instance.as_ref().map(Location::Instance),
            self.cluster.as_ref().map(Location::Cluster),
            self.workgroup.as_ref().map(Location::Workgroup),
            self.host.as_ref().map(Location::Host),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The port: the spec's, or the engine's usual one. A custom service has none of its own: 443.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.engine {
            Engine::Postgres => 5432,
            Engine::Mysql | Engine::Mariadb => 3306,
            Engine::Sqlserver => 1433,
            Engine::Oracle => 1521,
            Engine::Db2 => 50000,
            Engine::Documentdb => 27017,
            Engine::Redshift => 5439,
            Engine::Custom => 443,
        })
    }
}

impl Engine {
    /// The word in the spec.
    pub fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
            Self::Mariadb => "mariadb",
            Self::Sqlserver => "sqlserver",
            Self::Oracle => "oracle",
            Self::Db2 => "db2",
            Self::Documentdb => "documentdb",
            Self::Redshift => "redshift",
            Self::Custom => "custom",
        }
    }

    /// The `engine` key of the secret's JSON, as AWS's own functions and its
    /// `SecretTargetAttachment` write it (Secrets Manager user guide, "JSON structure").
    pub fn in_secret(self) -> &'static str {
        match self {
            Self::Documentdb => "mongo",
            other => other.word(),
        }
    }

    /// The name that people know it by.
    pub fn title(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Mysql => "MySQL",
            Self::Mariadb => "MariaDB",
            Self::Sqlserver => "SQL Server",
            Self::Oracle => "Oracle",
            Self::Db2 => "Db2",
            Self::Documentdb => "DocumentDB",
            Self::Redshift => "Redshift",
            Self::Custom => "custom service",
        }
    }
}
