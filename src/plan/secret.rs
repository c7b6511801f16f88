//! The secret, its key, and its first value.

use super::builder::Builder;
use super::parts::{Connection, ConnectionTarget, Secret, SecretKey, SecretValue};
use super::policy::{Document, Principal, Statement};
use super::resource::Resource;
use super::{Attribute, Exception, Id, Kind, PasswordShape, Text, ValueKind};
use crate::spec::{Database, Engine, Location, OnDelete, ValueOrCreate};

/// Plans the key, the secret and the connection.
pub fn plan(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    if let Some(ValueOrCreate::Create(_)) = spec.secret.kms_key {
        key(builder);
    }
    if let Some(username) = &spec.secret.username {
        secret(builder, username);
        if let Some(connection) = spec.database.as_ref().and_then(|database| connection(builder, database)) {
            builder.add(
                Kind::Connection,
                "",
                &format!("database.{}", location_key(spec.database.as_ref())),
                "Writes the database's host and port into the secret, where clients and the function read them.",
                Resource::Connection(connection),
            );
        }
    } else if let Some(database) = spec.database.as_ref().filter(|_| !spec.strategy.is_managed()) {
        let host = if matches!(database.locations().first(), Some(Location::Host(_) | Location::Workgroup(_))) {
            ""
        } else {
            ", `host`"
        };
        builder.assume(format!(
            "The adopted secret is JSON and holds `username`, `password`{host}; its login can log in with them."
        ));
    }
    let arn = builder.secret_arn();
    builder.output("SecretArn", "ARN of the secret that rotates", arn);
}

fn key(builder: &mut Builder<'_>) {
    let name = builder.spec.name.clone();
    let retain = builder.spec.secret.on_delete == OnDelete::Retain;
    let account = Text::joined(["arn:".into(), Text::Partition, ":iam::".into(), Text::Account, ":root".into()]);
    let policy = Document(vec![
        Statement::allow(
            "AccountDecides",
            "Hands the decision to IAM: only principals of this account whom a policy admits may use the key.",
            &["kms:*"],
            [Text::from("*")],
        )
        .to(Principal::Arn(account)),
    ]);
    builder.add(
        Kind::Key,
        "secret",
        "secret.kms_key",
        "Encrypts the secret with a key of your own, which you can watch, close and delete.",
        Resource::Key { description: format!("Encrypts the secret {name}"), policy, retain },
    );
    builder.add(
        Kind::KeyAlias,
        "secret",
        "secret.kms_key",
        "Gives the key a name that people can find.",
        Resource::KeyAlias { name: format!("alias/{name}"), key: Id::new(Kind::Key, "secret") },
    );
}

fn secret(builder: &mut Builder<'_>, username: &str) {
    let spec = builder.spec;
    let engine = spec.database.as_ref().map(|database| database.engine);
    let key = builder.secret_key();
    let replicas = spec
        .secret
        .replica_regions
        .iter()
        .map(|replica| {
            let described = format!("ARN of the KMS key in {}", replica.region());
            (replica.region().to_owned(), replica.kms_key().map(|key| builder.text(key, ValueKind::KeyArn, &described)))
        })
        .collect();
    let description = spec
        .secret
        .description
        .clone()
        .unwrap_or_else(|| format!("{} login {username}", engine.map_or("Database", Engine::title)));
    let keys = keys(builder);
    let looked_up: Vec<String> =
        keys.iter().filter(|key| !key.written_later && key.is_input()).map(|key| format!("`{}`", key.name)).collect();
    if !looked_up.is_empty() {
        builder.assume(format!(
            "With CloudFormation, the values behind {} in the secret never change while the stack lives: a parameter or an export that changes makes a new password, which the database does not know.",
            looked_up.join(", ")
        ));
    }
    let exceptions = if key.is_none() { vec![Exception::AwsManagedKey] } else { vec![] };
    builder
        .add(
            Kind::Secret,
            "",
            "secret",
            "Holds the login's user name and password. The first password is made by AWS and seen by nobody.",
            Resource::Secret(Secret {
                name: spec.secret.name.clone(),
                description,
                key,
                replicas,
                retain: spec.secret.on_delete == OnDelete::Retain,
                recovery_days: spec.secret.recovery_days,
                username: username.to_owned(),
                password: PasswordShape::of(&spec.secret.password, engine),
                keys,
            }),
        )
        .except(exceptions);
}

impl SecretKey {
    /// Whether the value, or part of it, is known only when the plan is deployed.
    fn is_input(&self) -> bool {
        let mut found = false;
        if let SecretValue::Text(text) = &self.value {
            text.visit(&mut |part| found |= matches!(part, Text::Input(_)));
        }
        found
    }
}

/// What the first value holds besides the user name and the password.
fn keys(builder: &mut Builder<'_>) -> Vec<SecretKey> {
    let spec = builder.spec;
    let Some(database) = &spec.database else { return Vec::new() };
    // Our own function writes these at each rotation. Others only read them, so the first value must hold them.
    let ours = spec.function.is_bundled();
    let connected = connection(builder, database).is_some();
    let key =
        |name: &str, value: SecretValue, written_later: bool| SecretKey { name: name.to_owned(), value, written_later };
    let mut keys = vec![key("engine", SecretValue::Text(database.engine.in_secret().into()), ours || connected)];
    match host(builder) {
        Some(host) => keys.push(key("host", SecretValue::Text(host), ours)),
        None if connected => {
            let host = Text::Of(Id::new(Kind::Connection, ""), Attribute::Host);
            keys.push(key("host", SecretValue::Text(host), true));
        }
        None => {}
    }
    keys.push(key("port", SecretValue::Number(database.port()), ours || connected));
    if let Some(dbname) = &database.dbname {
        keys.push(key("dbname", SecretValue::Text(dbname.as_str().into()), ours));
    }
    keys.push(key("ssl", SecretValue::True, ours));
    if let Some(superuser) = builder.superuser_secret() {
        keys.push(key("masterarn", SecretValue::Text(superuser), ours));
    }
    keys.extend(
        spec.secret.extra.iter().map(|(name, value)| key(name, SecretValue::Text(value.as_str().into()), ours)),
    );
    keys
}

/// The database's host name, when it is known without asking AWS where an identifier leads.
pub fn host(builder: &mut Builder<'_>) -> Option<Text> {
    match builder.spec.database.as_ref()?.locations().first()? {
        Location::Host(host) => Some(builder.text(host, ValueKind::Host, "Host name of the database")),
        // Redshift management guide, "Connecting to Amazon Redshift Serverless".
        Location::Workgroup(workgroup) => {
            let workgroup = builder.text(workgroup, ValueKind::Text, "Name of the Redshift Serverless workgroup");
            Some(Text::joined([
                workgroup,
                ".".into(),
                Text::Account,
                ".".into(),
                Text::Region,
                ".redshift-serverless.".into(),
                Text::DnsSuffix,
            ]))
        }
        Location::Instance(_) | Location::Cluster(_) => None,
    }
}

fn connection(builder: &mut Builder<'_>, database: &Database) -> Option<Connection> {
    let (target, identifier) = match (database.engine, database.locations().first()?) {
        (Engine::Documentdb, Location::Instance(value)) => (ConnectionTarget::DocumentdbInstance, *value),
        (Engine::Documentdb, Location::Cluster(value)) => (ConnectionTarget::DocumentdbCluster, *value),
        (Engine::Redshift, Location::Cluster(value)) => (ConnectionTarget::RedshiftCluster, *value),
        (_, Location::Instance(value)) => (ConnectionTarget::RdsInstance, *value),
        (_, Location::Cluster(value)) => (ConnectionTarget::RdsCluster, *value),
        (_, Location::Workgroup(_) | Location::Host(_)) => return None,
    };
    let described = format!("Identifier of the database {}", location_key(Some(database)));
    Some(Connection { target, identifier: builder.text(identifier, ValueKind::Text, &described) })
}

fn location_key(database: Option<&Database>) -> &'static str {
    database.and_then(|database| database.locations().first().copied()).map_or("host", Location::key)
}
