//! The forms of AWS's identifiers.

/// Whether the text is a resource identifier with this prefix: `sg-` and 8 or 17 hexadecimal digits
/// (EC2 user guide, "Resource IDs").
pub fn is_resource_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).is_some_and(|digits| {
        matches!(digits.len(), 8 | 17)
            && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

/// Whether the text is a database identifier: 1 to 63 letters, digits and hyphens, a letter first, no hyphen last
/// and no two in a row (API references of RDS, DocumentDB and Redshift).
pub fn is_database_id(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// Whether the text is a workgroup's name: 3 to 64 lower case letters, digits and hyphens
/// (Redshift Serverless API reference, `CreateWorkgroup`).
pub fn is_workgroup(text: &str) -> bool {
    (3..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether the text is a host name (RFC 1123), or an IPv4 address.
pub fn is_host(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    name.len() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                // Underscores are no part of the standard, but private zones hold them.
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// Whether the host is an RDS Proxy: `NAME.proxy-ID.REGION.rds.amazonaws.com` (RDS user guide, "Connecting to a
/// database through RDS Proxy").
pub fn is_proxy(host: &str) -> bool {
    host.contains(".proxy-") && host.contains(".rds.amazonaws.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resource_ids_have_8_or_17_digits() {
        assert!(is_resource_id("sg-0db00000000000001", "sg"));
        assert!(is_resource_id("vpc-1a2b3c4d", "vpc"));
        for other in ["sg-0db0", "sg-0DB00000000000001", "sg0db00000000000001", "subnet-0a00000000000000a", "sg-"] {
            assert!(!is_resource_id(other, "sg"), "{other}");
        }
    }

    #[test]
    fn hosts_are_names_and_addresses() {
        for host in ["db", "db.example.com", "10.0.0.1", "a_b.internal", "orders.abc.eu-west-1.rds.amazonaws.com."] {
            assert!(is_host(host), "{host}");
        }
        for other in ["", "db:5432", "https://db", "db/orders", "a b", "a..b", "-a", "dB!"] {
            assert!(!is_host(other), "{other}");
        }
    }
}
