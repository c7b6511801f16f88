//! What somebody must do by hand, and what must hold in the account for code that is not made here.

use super::Step;
use super::builder::Builder;
use crate::blueprint;
use crate::spec::{Engine, Location, Source, SourceWith, Strategy, StrategyWord, Tls};

/// Plans the steps, in the order in which they are done.
pub fn plan(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    if spec.strategy.is_managed() {
        return;
    }
    code(builder);
    trust_store(builder);
    if let (Some(username), Strategy::Word(StrategyWord::SingleUser)) = (&spec.secret.username, &spec.strategy) {
        let Step { what, command } = first_password(username, spec.database.as_ref().map(|database| database.engine));
        builder.step(what, command);
    }
}

/// Whose code rotates, and what is still to be done about it.
fn code(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    let engine = spec.database.as_ref().map(|database| database.engine);
    match &spec.function.source {
        Source::Word(_) if spec.function.is_bundled() => {
            if let Some(engine) = engine.filter(|engine| blueprint::adapter(*engine).is_none()) {
                builder.step(
                    format!("There is no code for {} in this bundle yet, so nothing rotates. Name code in the spec (`function.source`: `aws-hosted`, a directory, S3, an image, a function) and synthesize again.", engine.title()),
                    None,
                );
            }
        }
        Source::Word(_) => {
            if engine == Some(Engine::Oracle) {
                builder.assume("AWS's function speaks TLS to Oracle: the instance has the SSL option on the port of the secret, and `dbname` is its SID.");
            }
        }
        Source::With(SourceWith::Arn(_)) => {
            builder.assume("The existing function's role allows the calls of a rotation on the secret, reading the superuser's secret if there is one, and the use of their keys.");
            if spec
                .placement
                .as_ref()
                .and_then(|placement| placement.vpc())
                .is_some_and(|vpc| vpc.security_group.is_none())
            {
                builder.step(
                    "Put the existing function into the subnets of the spec and attach the security group that this deployment makes (output `FunctionSecurityGroupId`): nothing here changes the function itself.",
                    None,
                );
            }
        }
        Source::With(source) => {
            if matches!(source, SourceWith::Directory(_)) && builder.directory_missing {
                builder.step("The folder that `function.source.directory` names is not there yet, so this bundle holds no code. Write it and synthesize again.", None);
            }
            builder.assume("The code you bring carries out the four steps of a rotation and reads its settings from the environment shown in the function.");
        }
    }
}

/// RDS's certificates come from roots of its own, which not every store holds (Amazon RDS user guide, "Using SSL/TLS").
fn trust_store(builder: &mut Builder<'_>) {
    let spec = builder.spec;
    let Some(database) = &spec.database else { return };
    let is_rds = match database.locations().first() {
        Some(Location::Instance(_) | Location::Cluster(_)) => true,
        Some(Location::Host(host)) => host.literal().is_some_and(|host| host.contains(".rds.amazonaws.com")),
        Some(Location::Workgroup(_)) | None => false,
    };
    if spec.function.is_bundled() && is_rds && database.ca_bundle.is_none() && database.tls == Tls::VerifyFull {
        builder.step(
            "AWS does not promise that Lambda's Python trusts the roots of RDS. Put those of your Region beside the spec, name the file in `database.ca_bundle`, and synthesize again; the function then ships and uses them.",
            Some("curl --output rds-ca.pem \"https://truststore.pki.rds.amazonaws.com/$AWS_REGION/$AWS_REGION-bundle.pem\"".to_owned()),
        );
    }
}

fn first_password(username: &str, engine: Option<Engine>) -> Step {
    let quoted = username.replace('"', "\"\"");
    let single = username.replace('\'', "''");
    let command = match engine {
        // Asks for the password and sends its hash alone, so that no log holds it.
        Some(Engine::Postgres) => format!("\\password \"{quoted}\""),
        Some(Engine::Redshift) => format!("ALTER USER \"{quoted}\" PASSWORD '<the password in the secret>';"),
        Some(Engine::Mysql | Engine::Mariadb) => {
            // A backslash escapes there too.
            let single = single.replace('\\', "\\\\");
            format!("ALTER USER '{single}'@'%' IDENTIFIED BY '<the password in the secret>';")
        }
        Some(Engine::Sqlserver) => {
            format!("ALTER LOGIN [{}] WITH PASSWORD = '<the password in the secret>';", username.replace(']', "]]"))
        }
        Some(Engine::Oracle) => format!("ALTER USER \"{quoted}\" IDENTIFIED BY \"<the password in the secret>\";"),
        Some(Engine::Documentdb) => {
            format!("db.updateUser({}, {{ pwd: \"<the password in the secret>\" }})", serde_json::Value::from(username))
        }
        Some(Engine::Db2) => format!("call rdsadmin.change_password('{single}', '<the password in the secret>')"),
        Some(Engine::Custom) | None => "# set the login's password to the one in the secret".to_owned(),
    };
    let tool = if engine == Some(Engine::Postgres) { ", in psql" } else { "" };
    Step {
        what: format!(
            "The login `{username}` does not know the password that was just made for it, and nobody but itself may change it. After the deployment set it once, as an administrator of the database{tool}, and rotate the secret again (see Verify). With `strategy: single-user: {{ superuser_secret: … }}` this step is not needed."
        ),
        command: Some(command),
    }
}
