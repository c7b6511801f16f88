//! CloudFormation deletes secrets without a recovery window (CloudFormation user guide, "DeletionPolicy attribute").

use super::Subject;
use crate::diagnostic::{At, Code, Diagnostic, Level, Route};
use crate::spec::OnDelete;

pub static CODE: Code = Code {
    name: "recovery-days-ignored",
    level: Level::Warning,
    summary: "CloudFormation deletes the secret at once, whatever `recovery_days` says",
    explanation: "Terraform keeps a deleted secret for the days that `recovery_days` says. CloudFormation has no such \
        setting: with `on_delete: delete` it deletes the secret for good together with the stack. If the secret must \
        be recoverable on both, write `on_delete: retain` and delete it by hand.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let secret = &subject.spec.secret;
    let (Some(_), OnDelete::Delete) = (secret.recovery_days, secret.on_delete) else { return vec![] };
    vec![
        Diagnostic::at_key(
            &CODE,
            Route::to("secret.recovery_days"),
            "CloudFormation deletes the secret at once: only Terraform keeps it for these days",
        )
        .also(At::Key(Route::to("secret.on_delete")), "deletes the secret with the stack")
        .help("deploy with Terraform, write `on_delete: retain`, or accept that the secret is gone with the stack"),
    ]
}
