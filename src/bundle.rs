//! stub
/// stub
pub const MANIFEST: &str = ".rotaform.sha256";
