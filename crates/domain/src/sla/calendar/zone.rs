//! From wall clock times to instants.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{GapInfo, Tz};

use super::day::Day;

/// Microseconds in a second.
pub(super) const SECOND: i64 = 1_000_000;

/// An IANA time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zone(Tz);

impl Zone {
    pub const UTC: Self = Self(Tz::UTC);

    /// The zone of that IANA name.
    pub fn parse(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Seconds that its clocks are ahead of UTC at that second.
    pub fn offset(self, second: i64) -> i64 {
        let at = clock(second);
        i64::from(self.0.offset_from_utc_datetime(&at).fix().local_minus_utc())
    }

    /// The second at which its clocks show that: a time that does not exist moves forward by the length of the gap, an
    /// ambiguous one is its first occurrence.
    pub fn second(self, shown: i64) -> i64 {
        let local = clock(shown);
        let offset = match self.0.offset_from_local_datetime(&local) {
            LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => Some(offset),
            // what the clocks would show had they not been set
            LocalResult::None => GapInfo::new(&local, &self.0).and_then(|gap| gap.begin).map(|(_, before)| before),
        };
        shown - offset.map_or(0, |offset| i64::from(offset.fix().local_minus_utc()))
    }

    /// The instant at which a date begins, in microseconds.
    pub fn begin(self, day: Day) -> i64 {
        self.second(day.first_second()) * SECOND
    }

    /// The date at that instant. Where clocks are set back over midnight it may be one less than the last that began.
    pub fn day(self, micros: i64) -> Day {
        let second = micros.div_euclid(SECOND);
        Day::of_second(second + self.offset(second))
    }
}

/// What a clock shows that shows UTC.
fn clock(second: i64) -> NaiveDateTime {
    DateTime::from_timestamp(second, 0).unwrap_or_default().naive_utc()
}
