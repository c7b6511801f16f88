//! What keeps the first password from coming back over a live one is not to be overridden (CloudFormation reference,
//! `AWS::SecretsManager::Secret`, GenerateSecretString: "When you make a change to this property, a new secret version
//! is created"; Terraform AWS provider, `aws_secretsmanager_secret_version`).

use super::Subject;
use super::override_secret::walk;
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "override-protected",
    level: Level::Error,
    summary: "an override would touch what protects the live password",
    explanation: "Any change to how the first password is generated makes a new one and puts it over the password that the \
        database knows: every client is locked out. The `lifecycle` of Terraform's resources and the labels of the \
        secret's first version are what prevents it. Say in the spec what passwords look like (`secret.password`) and \
        what else the secret holds (`secret.extra`).",
};

/// Properties and arguments in lower case, without underscores.
const PROTECTED: &[&str] = &[
    "generatesecretstring",
    "secretstringtemplate",
    "generatestringkey",
    "secretstringwo",
    "secretstringwoversion",
    "versionstages",
    "lifecycle",
];

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (route, properties) in subject.overrides() {
        walk(properties, &route, &mut |route, key| {
            if PROTECTED.contains(&key.to_lowercase().replace('_', "").as_str()) {
                found.push(
                    Diagnostic::at_key(&CODE, route.clone(), format!("`{key}` protects the live password, and is not to be overridden"))
                        .help("remove it; `secret.password` and `secret.extra` say what the secret holds"),
                );
            }
        });
    }
    found
}
