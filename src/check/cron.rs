//! Cron expressions as Secrets Manager reads them (Secrets Manager user guide, "Rotation schedules").

use std::collections::BTreeSet;

/// What a cron expression says, as far as the rules ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    /// Hours of the day.
    pub hours: BTreeSet<u32>,
    /// Days of the month, when all of them are plain numbers.
    pub days: Option<BTreeSet<u32>>,
    /// Months; January is 1.
    pub months: BTreeSet<u32>,
}

/// What is wrong with an expression, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

const MONTHS: &[&str] = &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

impl Cron {
    /// Reads an expression of six fields.
    ///
    /// # Errors
    /// The first mistake.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays, year] = fields.as_slice() else {
            return Err(not_six(text, &fields));
        };
        if fields.join(" ") != text {
            return Err(mistake(
                format!("`{text}` has more than one space between two fields"),
                &format!("write `{}`", fields.join(" ")),
            ));
        }
        if *minutes != "0" {
            return Err(mistake(
                format!("the minutes are `{minutes}`, and rotations start on the hour"),
                "write `0` first",
            ));
        }
        if *year != "*" {
            return Err(mistake(format!("the year is `{year}`, and only every year is possible"), "write `*` last"));
        }
        if (*days == "?") == (*weekdays == "?") {
            let what = if *days == "?" { "both are `?`" } else { "neither is `?`" };
            let help = match (*days, *weekdays) {
                ("*", weekday) if weekday != "*" && weekday != "?" => {
                    format!("write `{minutes} {hours} ? {months} {weekday} {year}`")
                }
                ("?", "?") => format!("for every day write `{minutes} {hours} * {months} ? {year}`"),
                (day, _) => format!("write `{minutes} {hours} {day} {months} ? {year}`"),
            };
            return Err(mistake(
                format!("a rotation falls on days of the month or on days of the week, and {what}"),
                &help,
            ));
        }
        let hours = Field { name: "hours", names: &[], first: 0, last: 23 }.read(hours, |_| None)?;
        let months = Field { name: "months", names: MONTHS, first: 1, last: 12 }.read(months, |_| None)?;
        let day_field = Field { name: "days of the month", names: &[], first: 1, last: 31 };
        let mut plain = *days != "?";
        let numbers = if plain {
            day_field.read(days, |item| {
                let last = item == "L" || item.strip_suffix('L').is_some_and(|day| DAYS.contains(&day));
                plain &= !last;
                last.then(BTreeSet::new)
            })?
        } else {
            BTreeSet::new()
        };
        if *weekdays != "?" {
            let field = Field { name: "days of the week", names: DAYS, first: 1, last: 7 };
            field.read(weekdays, |item| field.special_weekday(item).then(BTreeSet::new))?;
        }
        Ok(Self { hours, days: plain.then_some(numbers), months })
    }

    /// The fewest hours between two starts on one day.
    pub fn shortest_gap(&self) -> Option<u32> {
        self.hours.iter().zip(self.hours.iter().skip(1)).map(|(start, next)| next - start).min()
    }

    /// Whether a day like this comes in every year.
    pub fn comes_every_year(&self) -> bool {
        let length = |month: u32| match month {
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        self.days
            .as_ref()
            .is_none_or(|days| self.months.iter().any(|&month| days.iter().any(|&day| day <= length(month))))
    }
}

fn mistake(message: String, help: &str) -> Mistake {
    Mistake { message, help: help.to_owned() }
}

fn not_six(text: &str, fields: &[&str]) -> Mistake {
    let six = "minutes, hours, day of month, month, day of week, year";
    match fields {
        [_, hours, day, month, weekday] => {
            // A crontab counts the days of the week from 0, and Sunday is 7 as well.
            let named = number(weekday).and_then(|day| DAYS.get(day as usize % 7));
            let (day, weekday) = match (*day, *weekday) {
                ("*", "*") => ("*", "?"),
                ("*", weekday) => ("?", named.copied().unwrap_or(weekday)),
                (day, _) => (day, "?"),
            };
            mistake(
                format!("`{text}` has five fields, as in a crontab, and AWS reads six: {six}"),
                &format!("write `0 {hours} {day} {month} {weekday} *`: rotations start on the hour"),
            )
        }
        _ => mistake(
            format!("`{text}` has {} fields, and AWS reads six: {six}", fields.len()),
            "write six fields, such as `0 3 ? * SUN *` for each Sunday at three",
        ),
    }
}

/// A field of an expression: its range, and the names of its values.
#[derive(Clone, Copy)]
struct Field {
    name: &'static str,
    names: &'static [&'static str],
    first: u32,
    last: u32,
}

impl Field {
    /// The values that a list of items stands for. `special` knows items that are no numbers.
    fn read(
        self,
        text: &str,
        mut special: impl FnMut(&str) -> Option<BTreeSet<u32>>,
    ) -> Result<BTreeSet<u32>, Mistake> {
        let mut values = BTreeSet::new();
        for item in text.split(',') {
            match special(item).or_else(|| self.item(item)) {
                Some(some) => values.extend(some),
                None => return Err(self.mistake(text, item)),
            }
        }
        Ok(values)
    }

    /// `*`, `3`, `SUN`, `1-5`, and each with a step: `2/10`, `*/6`, `/8`.
    fn item(self, item: &str) -> Option<BTreeSet<u32>> {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(number(step).filter(|&step| step > 0)?)),
            None => (item, None),
        };
        let (first, last) = match range {
            "*" => (self.first, self.last),
            "" if step.is_some() => (self.first, self.last),
            _ => match range.split_once('-') {
                Some((first, last)) => (self.value(first)?, self.value(last)?),
                // A start with a step goes on to the end of the field.
                None if step.is_some() => (self.value(range)?, self.last),
                None => (self.value(range)?, self.value(range)?),
            },
        };
        (first <= last).then(|| (first..=last).step_by(step.unwrap_or(1) as usize).collect())
    }

    fn value(self, text: &str) -> Option<u32> {
        let named = self.names.iter().position(|&name| name == text).and_then(|at| u32::try_from(at).ok());
        named
            .map(|at| at + self.first)
            .or_else(|| number(text))
            .filter(|value| (self.first..=self.last).contains(value))
    }

    /// `L`, `SUNL`, `5L`, `SUN#1`, `2#3`.
    fn special_weekday(self, item: &str) -> bool {
        item == "L"
            || item.strip_suffix('L').is_some_and(|day| self.value(day).is_some())
            || item.split_once('#').is_some_and(|(day, week)| {
                self.value(day).is_some() && number(week).is_some_and(|week| (1..=5).contains(&week))
            })
    }

    fn mistake(self, text: &str, item: &str) -> Mistake {
        let upper = item.to_uppercase();
        let range = match (self.names.first(), self.names.last()) {
            (Some(first), Some(last)) => format!("{} to {}, or {first} to {last}", self.first, self.last),
            _ => format!("{} to {}", self.first, self.last),
        };
        let backwards = item.split_once('-').and_then(|(first, last)| Some((self.value(first)?, self.value(last)?)));
        let help = if upper != item && self.item(&upper).is_some() {
            format!("write it in upper case: `{upper}`")
        } else if backwards.is_some() {
            "a range goes upwards: write two ranges, separated by a comma".to_owned()
        } else {
            format!("write {range}; lists (`1,15`), ranges (`1-5`) and steps (`1/7`) of them")
        };
        Mistake { message: format!("`{text}` is not possible for the {}", self.name), help }
    }
}

/// A number as people write it: digits without a sign, at most three.
fn number(text: &str) -> Option<u32> {
    let plain = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_example_of_the_user_guide() {
        for text in [
            "0 10 * * ? *",
            "0 18 ? * SAT *",
            "0 8 1 * ? *",
            "0 1 ? 1/3 SUN *",
            "0 17 L * ? *",
            "0 8 ? * MON-FRI *",
            "0 16 1,15 * ? *",
            "0 0 ? * SUN#1 *",
            "0 /8 * * ? *",
            "0 8/8 * * ? *",
            "0 2/10 * * ? *",
            "0 8 1/7 * ? *",
            "0 0 SUNL * ? *",
            "0 0 ? JAN,APR,JUL,OCT 5L *",
            "0 4/12 * * ? *",
        ] {
            assert!(Cron::parse(text).is_ok(), "{text}: {:?}", Cron::parse(text));
        }
    }

    #[test]
    fn refuses_what_aws_does_not_read() {
        for text in [
            "",
            "0 3 * * *",
            "0 3 * * * *",
            "0 3 ? * ? *",
            "5 3 * * ? *",
            "0 24 * * ? *",
            "0 3 32 * ? *",
            "0 3 0 * ? *",
            "0 3 ? * 8 *",
            "0 3 ? * SUN#6 *",
            "0 3 ? 13 SUN *",
            "0 3 15W * ? *",
            "0 3 * * ? 2027",
            "0 3 ? * sun *",
            "0 3 ? * FRI-MON *",
            "0 /0 * * ? *",
            "0 3,, * * ? *",
            "0 -1 * * ? *",
            "0 3/ * * ? *",
            "0 99999999999999999999 * * ? *",
            "0 3 ☃ * ? *",
            "0  3 * * ? *",
            " 0 3 * * ? *",
        ] {
            assert!(Cron::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn knows_the_hours() {
        let cron = Cron::parse("0 2/10 * * ? *").unwrap();
        assert_eq!(cron.hours, BTreeSet::from([2, 12, 22]));
        assert_eq!(cron.shortest_gap(), Some(10));
        assert_eq!(Cron::parse("0 3 * * ? *").unwrap().shortest_gap(), None);
        assert_eq!(Cron::parse("0 0-23/2 * * ? *").unwrap().shortest_gap(), Some(2));
    }

    #[test]
    fn knows_days_that_never_come() {
        for never in ["0 3 30 2 ? *", "0 3 30,31 FEB ? *", "0 3 31 4,6,9,11 ? *", "0 3 29 2 ? *"] {
            assert!(!Cron::parse(never).unwrap().comes_every_year(), "{never}");
        }
        for comes in ["0 3 31 * ? *", "0 3 1/10 2 ? *", "0 3 L 2 ? *", "0 3 ? 2 SUN#1 *", "0 3 28-31 2 ? *"] {
            assert!(Cron::parse(comes).unwrap().comes_every_year(), "{comes}");
        }
    }
}
