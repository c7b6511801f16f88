//! Names of buckets (S3 user guide, "General purpose bucket naming rules").

use super::Subject;
use super::values::{self, Kind};
use crate::diagnostic::{Code, Diagnostic, Level};

pub static CODE: Code = Code {
    name: "bucket-invalid",
    level: Level::Error,
    summary: "a text is not the name of a bucket",
    explanation: "A bucket is named by its name alone: 3 to 63 lower case letters, digits, dots and hyphens. The object's \
        key is said apart, and `s3://` nowhere.",
};

pub fn find(subject: &Subject<'_>) -> Vec<Diagnostic> {
    values::judge(subject, &[Kind::Bucket], &CODE, |text| {
        let is_end = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let bytes = text.as_bytes();
        let fits = (3..=63).contains(&text.len())
            && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(b))
            && is_end(bytes.first())
            && is_end(bytes.last())
            && !text.contains("..");
        let name = text.trim_start_matches("s3://").trim_start_matches("arn:aws:s3:::").split('/').next().unwrap_or("");
        (!fits).then(|| {
            let help = if name.len() < text.len() && !name.is_empty() {
                format!("write the bucket's name alone, `{name}`, and the rest as `key`")
            } else {
                "write 3 to 63 lower case letters, digits, dots and hyphens".to_owned()
            };
            (format!("`{text}` is not the name of a bucket"), help)
        })
    })
}
