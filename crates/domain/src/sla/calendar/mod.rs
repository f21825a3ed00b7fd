//! Business calendars: when the clock of a ticket runs.
//!
//! A calendar is a pure value: opening hours as wall clock times in one zone, and the dates that differ. What it
//! answers is real elapsed time, in microseconds, and costs microseconds: ordinary weeks are counted, not walked.

mod day;
mod form;
mod hours;
mod interval;
mod spend;
mod week;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use day::Day;
pub use form::{MOST_DATES, MOST_SPANS};
use hours::Hours;
pub use interval::{Interval, MOST_INTERVALS, Reason, Trace};
pub use spend::Never;
use zone::Zone;

/// When an organization is open.
///
/// Hours belong to the date that they begin on. A holiday closes its whole date, the end of the night before it
/// included, and nothing begins on it; special hours stand in for the hours of their date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>", into = "Map<String, Value>")]
pub struct BusinessCalendar {
    zone: Zone,
    /// From Monday on.
    weekly: [Vec<Hours>; 7],
    holidays: BTreeSet<Day>,
    overrides: BTreeMap<Day, Vec<Hours>>,
    breaks: BTreeMap<Day, Vec<Hours>>,
    /// Every date that is not as its weekday is, in order.
    exceptions: Vec<Day>,
    /// How long it is open in a week without exceptions, in microseconds.
    open_per_week: i64,
}

impl BusinessCalendar {
    fn new(
        zone: Zone,
        weekly: [Vec<Hours>; 7],
        holidays: BTreeSet<Day>,
        overrides: BTreeMap<Day, Vec<Hours>>,
        breaks: BTreeMap<Day, Vec<Hours>>,
    ) -> Self {
        let exceptions: BTreeSet<Day> = holidays.iter().chain(overrides.keys()).chain(breaks.keys()).copied().collect();
        let open_per_week = week::ordinary(&weekly);
        Self { zone, weekly, holidays, overrides, breaks, exceptions: exceptions.into_iter().collect(), open_per_week }
    }

    /// Open at every instant, in UTC.
    pub fn always() -> Self {
        let weekly = std::array::from_fn(|_| vec![Hours::WHOLE_DAY]);
        Self::new(Zone::UTC, weekly, BTreeSet::new(), BTreeMap::new(), BTreeMap::new())
    }

    /// The first date from `day` on that is not as its weekday is.
    fn exception_from(&self, day: Day) -> Option<Day> {
        self.exceptions.get(self.exceptions.partition_point(|exception| *exception < day)).copied()
    }

    /// What it says of that date.
    fn hours_on(&self, day: Day) -> &[Hours] {
        if self.holidays.contains(&day) {
            return &[];
        }
        self.overrides.get(&day).or_else(|| self.weekly.get(day.weekday())).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
