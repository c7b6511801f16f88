//! When Lambda's runtimes end: no security updates from that day on.
//!
//! Source: Lambda developer guide, "Lambda runtimes", as kept in cfn-lint 1.58.0 (20 October 2026).

/// The month in which this table was written: nothing here looks at a clock.
pub const AS_OF: Date = (2026, 11);

/// Year and month.
pub type Date = (u32, u32);

/// A runtime, and when it ends or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runtime {
    /// Lambda's name for it.
    pub name: &'static str,
    /// The month in which it ends.
    pub ends: Date,
}

/// All of them, each language's newest last.
pub const ALL: &[Runtime] = &[
    runtime("python2.7", (2021, 7)),
    runtime("python3.6", (2022, 7)),
    runtime("python3.7", (2023, 12)),
    runtime("python3.8", (2024, 10)),
    runtime("python3.9", (2025, 12)),
    runtime("python3.10", (2026, 10)),
    runtime("python3.11", (2027, 6)),
    runtime("python3.12", (2028, 10)),
    runtime("python3.13", (2029, 6)),
    runtime("python3.14", (2029, 6)),
    runtime("nodejs", (2016, 8)),
    runtime("nodejs4.3", (2020, 3)),
    runtime("nodejs6.10", (2019, 8)),
    runtime("nodejs8.10", (2020, 3)),
    runtime("nodejs10.x", (2021, 7)),
    runtime("nodejs12.x", (2023, 3)),
    runtime("nodejs14.x", (2023, 12)),
    runtime("nodejs16.x", (2024, 6)),
    runtime("nodejs18.x", (2025, 9)),
    runtime("nodejs20.x", (2026, 4)),
    runtime("nodejs22.x", (2027, 4)),
    runtime("nodejs24.x", (2028, 4)),
    runtime("java8", (2024, 1)),
    runtime("java8.al2", (2027, 6)),
    runtime("java11", (2027, 6)),
    runtime("java17", (2027, 6)),
    runtime("java21", (2029, 6)),
    runtime("java25", (2029, 6)),
    runtime("dotnetcore1.0", (2019, 6)),
    runtime("dotnetcore2.0", (2019, 5)),
    runtime("dotnetcore2.1", (2022, 1)),
    runtime("dotnetcore3.1", (2023, 4)),
    runtime("dotnet6", (2024, 12)),
    runtime("dotnet8", (2026, 11)),
    runtime("dotnet10", (2028, 11)),
    runtime("ruby2.5", (2021, 7)),
    runtime("ruby2.7", (2023, 12)),
    runtime("ruby3.2", (2026, 3)),
    runtime("ruby3.3", (2027, 3)),
    runtime("ruby3.4", (2028, 3)),
    runtime("ruby4.0", (2029, 3)),
    runtime("go1.x", (2024, 1)),
    runtime("provided", (2024, 1)),
    runtime("provided.al2", (2026, 7)),
    runtime("provided.al2023", (2029, 6)),
];

const fn runtime(name: &'static str, ends: Date) -> Runtime {
    Runtime { name, ends }
}

impl Runtime {
    /// The runtime of this name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().copied().find(|runtime| runtime.name == name)
    }

    /// Whether it had ended when the table was written.
    pub fn has_ended(self) -> bool {
        self.ends <= AS_OF
    }

    /// Whether it ends within a year of the table.
    pub fn ends_soon(self) -> bool {
        !self.has_ended() && self.ends <= (AS_OF.0 + 1, AS_OF.1)
    }

    /// The newest of the same language.
    pub fn successor(self) -> Self {
        ALL.iter().copied().rfind(|other| language(other.name) == language(self.name)).unwrap_or(self)
    }
}

/// The language in a runtime's name: `python` of `python3.13`.
pub fn language(name: &str) -> &str {
    match name.find(|c: char| !c.is_ascii_alphabetic()).map_or(name, |end| name.get(..end).unwrap_or(name)) {
        "dotnetcore" => "dotnet",
        // Go moved to the runtime without a language.
        "go" => "provided",
        language => language,
    }
}

/// The numbers in a runtime's name, to tell newer from older.
pub fn version(name: &str) -> Vec<u32> {
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

/// Whether the name is that of a newer runtime, of a language in the table, than any in the table.
pub fn is_newer(name: &str) -> bool {
    let of_language = || ALL.iter().filter(|known| language(known.name) == language(name));
    let version_here = version(name);
    !version_here.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.')
        && of_language().next().is_some()
        && of_language().all(|known| version(known.name) < version_here)
}

/// `June 2027`.
pub fn month((year, month): Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = (month as usize).checked_sub(1).and_then(|month| MONTHS.get(month)).copied().unwrap_or("");
    format!("{name} {year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_successors() {
        let successor = |name| Runtime::named(name).unwrap().successor().name;
        assert_eq!(successor("python3.8"), "python3.14");
        assert_eq!(successor("dotnetcore3.1"), "dotnet10");
        assert_eq!(successor("go1.x"), "provided.al2023");
    }

    #[test]
    fn no_successor_has_ended() {
        for runtime in ALL {
            assert!(!runtime.successor().has_ended(), "{}", runtime.name);
        }
    }

    #[test]
    fn tells_newer_from_mistyped() {
        for newer in ["python3.15", "python4.0", "nodejs26.x", "java29", "dotnet12", "ruby4.1", "provided.al2027"] {
            assert!(is_newer(newer), "{newer}");
        }
        for other in ["python3.5", "python", "pyhton3.13", "node24", "python 3.15", "Python3.15", "", "rust1.80"] {
            assert!(!is_newer(other), "{other}");
        }
    }
}
