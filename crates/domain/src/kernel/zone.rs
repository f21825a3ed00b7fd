//! The days of a time zone. A day has 23, 24 or 25 hours.

use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::clock::Moment;

/// After so many quarters of an hour even the longest gap in a zone's clock is over: a whole day that was left out.
const MOST_QUARTERS: i32 = 4 * 26;

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// The zone of that IANA name; UTC where there is none of that name.
    pub fn named(name: &str) -> Self {
        Self(name.parse().unwrap_or(chrono_tz::UTC))
    }

    /// Its IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The day that a moment lies in.
    pub fn day_of(self, moment: Moment) -> NaiveDate {
        moment.with_timezone(&self.0).date_naive()
    }

    /// When a day begins: at midnight or, where that is left out, at the first time behind it that there is.
    pub fn start_of(self, day: NaiveDate) -> Moment {
        let midnight = day.and_time(NaiveTime::MIN);
        let later = |quarters| midnight.checked_add_signed(TimeDelta::minutes(i64::from(quarters) * 15));
        let first = |time| self.0.from_local_datetime(&time).earliest();
        let start = (0..MOST_QUARTERS).filter_map(later).find_map(first);
        start.map_or_else(|| midnight.and_utc(), |start| start.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn hours(zone: &str, date: NaiveDate) -> i64 {
        let zone = Zone::named(zone);
        (zone.start_of(date.succ_opt().unwrap()) - zone.start_of(date)).num_hours()
    }

    #[test]
    fn a_day_is_as_long_as_the_clocks_say() {
        assert_eq!(hours("Europe/Berlin", day(2025, 3, 30)), 23);
        assert_eq!(hours("Europe/Berlin", day(2025, 10, 26)), 25);
        assert_eq!(hours("Europe/Berlin", day(2025, 7, 1)), 24);
        assert_eq!(hours("UTC", day(2025, 3, 30)), 24);
    }

    #[test]
    fn a_day_without_a_midnight_begins_at_its_first_hour() {
        let zone = Zone::named("America/Sao_Paulo");
        assert_eq!(zone.start_of(day(2018, 11, 4)).to_rfc3339(), "2018-11-04T03:00:00+00:00");
        assert_eq!(hours("America/Sao_Paulo", day(2018, 11, 4)), 23);
    }

    #[test]
    fn a_day_that_was_left_out_has_no_hours() {
        assert_eq!(hours("Pacific/Apia", day(2011, 12, 30)), 0);
    }

    #[test]
    fn every_moment_lies_in_the_day_that_has_begun_last() {
        for zone in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"].map(Zone::named) {
            let mut date = day(2024, 12, 1);
            while date < day(2026, 1, 1) {
                assert_eq!(zone.day_of(zone.start_of(date)), date, "{zone:?}");
                assert_eq!(zone.day_of(zone.start_of(date) - TimeDelta::microseconds(1)), date.pred_opt().unwrap(), "{zone:?}");
                date = date.succ_opt().unwrap();
            }
        }
    }

    #[test]
    fn a_zone_that_nobody_knows_is_utc() {
        assert_eq!(Zone::named("Mars/Olympus").name(), "UTC");
    }
}
