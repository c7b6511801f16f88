//! Intervals and windows as Secrets Manager reads them (Secrets Manager user guide, "Rotation schedules").

/// `30 days`, `12 hours`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// So many hours.
    Hours(u32),
    /// So many days.
    Days(u32),
}

impl Interval {
    /// Reads a number and a unit with one space between them.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_once(' ')?;
        let number = positive(number)?;
        match unit {
            "hour" | "hours" => Some(Self::Hours(number)),
            "day" | "days" => Some(Self::Days(number)),
            _ => None,
        }
    }

    /// Its length in hours.
    pub fn hours(self) -> u32 {
        match self {
            Self::Hours(hours) => hours,
            Self::Days(days) => days.saturating_mul(24),
        }
    }
}

/// Reads a window: `3h`.
pub fn window(text: &str) -> Option<u32> {
    positive(text.strip_suffix('h')?)
}

/// A number above zero, as people write it: digits without a sign or a leading zero.
pub fn positive(text: &str) -> Option<u32> {
    let plain =
        (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_intervals() {
        assert_eq!(Interval::parse("1 day"), Some(Interval::Days(1)));
        assert_eq!(Interval::parse("12 hours"), Some(Interval::Hours(12)));
        for other in
            ["", "30", "30days", "30  days", "0 days", "-1 days", "1.5 days", "two days", "1 week", "07 days", "1 Day"]
        {
            assert_eq!(Interval::parse(other), None, "{other}");
        }
    }

    #[test]
    fn reads_windows() {
        assert_eq!(window("3h"), Some(3));
        for other in ["", "h", "3", "3H", "3 h", "0h", "3hh", "-3h"] {
            assert_eq!(window(other), None, "{other}");
        }
    }
}
