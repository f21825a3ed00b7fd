//! Which days figures are asked for.

use chrono::{Days, NaiveDate};

use crate::kernel::clock::Moment;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::kernel::zone::Zone;

/// The words of seed 001, and how many days each stands for.
const RANGES: [(&str, u64); 4] = [("7d", 7), ("30d", 30), ("90d", 90), ("1y", 365)];
/// How many days are asked for where nothing is said.
const STANDARD: u64 = 30;
/// The most days in one answer: ten years.
const MOST: i64 = 3_660;

/// An end of a span as a client names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A day of the organization's zone.
    Day(NaiveDate),
    /// The day that this moment lies in.
    Moment(Moment),
}

impl Edge {
    fn day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Moment(moment) => zone.day_of(moment),
        }
    }
}

/// Whole days of a zone, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Whose days.
    pub zone: Zone,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Span {
    /// The days that are meant by a range (`30d`: today and the 29 days before), by both ends, or by one: behind a first day
    /// alone comes all until today, before a last day alone come as many as the range says.
    pub fn of(zone: Zone, range: Option<&str>, from: Option<Edge>, to: Option<Edge>, now: Moment) -> Result<Self, Violations> {
        let mut check = Check::new();
        let days = check.optional("date_range", range.map(days)).unwrap_or(STANDARD);
        let last = to.map_or_else(|| zone.day_of(now), |to| to.day(zone));
        let first = from.map(|from| from.day(zone)).or_else(|| last.checked_sub_days(Days::new(days - 1)));
        let first = first.unwrap_or(last);
        if first > last {
            check.note("date_from", Problem::Other("It must not be after date_to."));
        } else if (last - first).num_days() >= MOST {
            check.note("date_from", Problem::Other("At most 3660 days can be asked for."));
        }
        check.done()?;
        Ok(Self { zone, first, last })
    }

    /// The days, in order.
    pub fn days(self) -> impl DoubleEndedIterator<Item = NaiveDate> {
        let n = u64::try_from((self.last - self.first).num_days()).unwrap_or(0);
        (0..=n).filter_map(move |n| self.first.checked_add_days(Days::new(n)))
    }

    /// When the first day begins.
    pub fn start(self) -> Moment {
        self.zone.start_of(self.first)
    }

    /// When the last day is over.
    pub fn end(self) -> Moment {
        self.zone.start_of(self.last.succ_opt().unwrap_or(self.last))
    }
}

fn days(word: &str) -> Result<u64, Problem> {
    let found = RANGES.into_iter().find(|(known, _)| *known == word);
    found.map(|(_, days)| days).ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
}
