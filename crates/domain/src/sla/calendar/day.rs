//! Dates as numbers, since weeks of them are counted.

use chrono::{Datelike, NaiveDate};

/// A date of some zone, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(i64);

impl Day {
    /// Nothing is looked for behind this date: 9999-12-31.
    pub const LAST: Self = Self(2_932_896);
    /// The zones' rules are known up to 2100: from here on no offset changes.
    pub const SETTLED: Self = Self(84_006);

    /// The date that this second falls on, by a clock that shows UTC.
    pub const fn of_second(second: i64) -> Self {
        Self(second.div_euclid(86_400))
    }

    /// Its first second, by a clock that shows UTC.
    pub const fn first_second(self) -> i64 {
        self.0 * 86_400
    }

    /// So many days later.
    pub const fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// How many days later it is.
    pub const fn since(self, other: Self) -> i64 {
        self.0 - other.0
    }

    /// 0 for Monday … 6 for Sunday.
    pub fn weekday(self) -> usize {
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// The Monday on or before it.
    pub const fn monday(self) -> Self {
        Self(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// Reads `2025-12-31`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10)?;
        Some(Self(i64::from(date.num_days_from_ce()) - 719_163))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = i32::try_from(self.0 + 719_163).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
        date.unwrap_or_default().fmt(f)
    }
}
