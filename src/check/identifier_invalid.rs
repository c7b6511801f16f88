//! Identifiers of databases (API references of RDS, DocumentDB, Redshift and Redshift Serverless).

use super::Subject;
use super::identifier::{is_database_id, is_workgroup};
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "identifier-invalid",
    level: Level::Error,
    summary: "a text is not the identifier of a database",
    explanation: "An instance or cluster is named by its identifier, as the console lists it: at most 63 letters, digits \
        and single hyphens, a letter first. Its endpoint (a host name) belongs under `host`, and its ARN nowhere. A \
        workgroup's name has 3 to 64 lower case letters, digits and hyphens.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let help = |text: &str, form: &str| {
        if text.starts_with("arn:") {
            let identifier = text.rsplit([':', '/']).next().unwrap_or("");
            format!("write the identifier alone: `{identifier}`")
        } else if text.contains('.') {
            "a host name belongs under `host`".to_owned()
        } else {
            form.to_owned()
        }
    };
    let mut found = values::judge(subject, &[Kind::Instance, Kind::Cluster], &CODE, |text| {
        let form = "write at most 63 letters, digits and single hyphens, a letter first";
        (!is_database_id(text)).then(|| (format!("`{text}` is not the identifier of a database"), help(text, form)))
    });
    found.extend(values::judge(subject, &[Kind::Workgroup], &CODE, |text| {
        let form = "write 3 to 64 lower case letters, digits and hyphens";
        (!is_workgroup(text)).then(|| (format!("`{text}` is not the name of a workgroup"), help(text, form)))
    }));
    found
}
