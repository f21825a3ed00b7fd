mod form;
mod property;
mod walker;

use std::time::Instant;

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::{BusinessCalendar, Never, Reason};
use crate::kernel::clock::Moment;
use crate::sla::{Pause, Pauses};

fn calendar(form: &Value) -> BusinessCalendar {
    BusinessCalendar::parse(form.as_object().unwrap()).unwrap_or_else(|violations| panic!("{form}: {violations}"))
}

fn at(text: &str) -> Moment {
    text.parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn pauses(value: &Value) -> Pauses {
    let pause = |value: &Value| Pause { from: at(value["from"].as_str().unwrap()), to: value["to"].as_str().map(at) };
    Pauses::of(value.as_array().unwrap().iter().map(pause).collect())
}

fn weekdays(zone: &str, from: &str, to: &str) -> BusinessCalendar {
    let days = ["mon", "tue", "wed", "thu", "fri"].map(|day| (day.to_owned(), json!([[from, to]])));
    calendar(&json!({"timezone": zone, "weekly": days.into_iter().collect::<Map<_, _>>()}))
}

/// A day of the calendar, and nothing besides it.
fn once(zone: &str, date: &str, from: &str, to: &str) -> BusinessCalendar {
    calendar(&json!({"timezone": zone, "weekly": {}, "date_overrides": {date: [[from, to]]}}))
}

#[test]
fn every_worked_case_holds() {
    let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    let vectors = vectors["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 111);
    for vector in vectors {
        let (calendar, pauses) = (calendar(&vector["calendar"]), pauses(&vector["pauses"]));
        let (id, start, expected) = (&vector["id"], at(vector["start"].as_str().unwrap()), &vector["expected"]);
        let instant = || at(expected.as_str().unwrap());
        match vector["kind"].as_str().unwrap() {
            "deadline" => {
                let target = TimeDelta::seconds(vector["seconds"].as_i64().unwrap());
                assert_eq!(calendar.deadline(start, target, &pauses), Ok(instant()), "{id}");
                assert_eq!(calendar.elapsed(start, instant(), &pauses), target, "{id}");
            }
            "elapsed_seconds" => {
                let elapsed = calendar.elapsed(start, at(vector["end"].as_str().unwrap()), &pauses);
                assert_eq!(elapsed.num_seconds(), expected.as_i64().unwrap(), "{id}");
            }
            kind => {
                assert_eq!(kind, "next_open");
                assert_eq!(calendar.next_open(start), Ok(instant()), "{id}");
            }
        }
    }
}

#[test]
fn no_time_at_all_is_used_up_at_once_even_when_closed() {
    let start = at("2025-03-01T12:00:00Z");
    assert_eq!(weekdays("UTC", "09:00", "17:00").deadline(start, TimeDelta::zero(), &Pauses::default()), Ok(start));
}

#[test]
fn fractions_of_seconds_are_kept() {
    let calendar = weekdays("UTC", "09:00", "17:00");
    let due = calendar.deadline(at("2025-03-03T16:59:59.25Z"), TimeDelta::seconds(1), &Pauses::default());
    assert_eq!(due, Ok(at("2025-03-04T09:00:00.25Z")));
}

#[test]
fn a_night_belongs_to_the_day_that_it_begins_on() {
    let night = calendar(&json!({"timezone": "UTC", "weekly": {"fri": [["22:00", "06:00"]]}}));
    let friday = at("2025-03-07T12:00:00Z");
    assert_eq!(night.deadline(friday, TimeDelta::hours(8), &Pauses::default()), Ok(at("2025-03-08T06:00:00Z")));
    assert_eq!(night.deadline(friday, TimeDelta::hours(9), &Pauses::default()), Ok(at("2025-03-14T23:00:00Z")));
    assert_eq!(night.next_open(at("2025-03-08T03:00:00Z")), Ok(at("2025-03-08T03:00:00Z")));
}

#[test]
fn a_night_over_the_end_of_the_week_is_counted_once_in_every_week() {
    let night = calendar(&json!({"timezone": "UTC", "weekly": {"sun": [["22:00", "06:00"]], "mon": [["05:00", "07:00"]]}}));
    assert_eq!(night.elapsed(at("2025-03-03T00:00:00Z"), at("2025-03-31T00:00:00Z"), &Pauses::default()), TimeDelta::hours(36));
}

#[test]
fn a_holiday_closes_its_date_and_the_night_that_would_begin_on_it() {
    let week = json!({"fri": [["22:00", "06:00"]]});
    let elapsed = |holiday: &str| {
        let calendar = calendar(&json!({"timezone": "UTC", "weekly": week, "holidays": [holiday]}));
        calendar.elapsed(at("2025-03-07T00:00:00Z"), at("2025-03-09T00:00:00Z"), &Pauses::default()).num_hours()
    };
    assert_eq!((elapsed("2025-03-06"), elapsed("2025-03-07"), elapsed("2025-03-08")), (8, 0, 2));
}

#[test]
fn a_holiday_closes_special_hours_too_and_breaks_are_taken_from_them() {
    let mut form = json!({"timezone": "UTC", "weekly": {}, "date_overrides": {"2025-03-07": [["10:00", "14:00"]]},
        "date_breaks": {"2025-03-07": [["11:00", "11:30"], ["11:15", "12:00"]]}});
    let elapsed = |form: &Value| {
        calendar(form).elapsed(at("2025-03-07T00:00:00Z"), at("2025-03-08T00:00:00Z"), &Pauses::default()).num_hours()
    };
    assert_eq!(elapsed(&form), 3);
    form["holidays"] = json!(["2025-03-07"]);
    assert_eq!(elapsed(&form), 0);
}

#[test]
fn a_gap_at_midnight_moves_the_opening() {
    for (zone, date, opens) in [
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
        ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"),
        ("Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z"),
    ] {
        let calendar = once(zone, date, "00:00", "24:00");
        assert_eq!(calendar.next_open(at("2018-01-01T00:00:00Z")), Ok(at(opens)), "{zone}");
        let whole = calendar.elapsed(at("2018-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z"), &Pauses::default());
        assert_eq!(whole, TimeDelta::hours(23), "{zone}");
    }
}

#[test]
fn a_gap_of_half_an_hour_moves_by_half_an_hour() {
    let calendar = once("Australia/Lord_Howe", "2024-10-06", "02:15", "03:00");
    assert_eq!(calendar.next_open(at("2024-10-01T00:00:00Z")), Ok(at("2024-10-06T02:45:00+11:00")));
}

#[test]
fn hours_that_a_gap_moves_onto_others_count_once() {
    let apia = weekdays("Pacific/Apia", "09:00", "17:00");
    let (thursday, wednesday) = (at("2011-12-29T00:00:00-10:00"), at("2012-01-04T00:00:00+14:00"));
    // Thursday, Friday as moved from the 30th that was skipped, Monday and Tuesday
    assert_eq!(apia.elapsed(thursday, wednesday, &Pauses::default()), TimeDelta::hours(32));
    let daily =
        calendar(&json!({"timezone": "Pacific/Apia", "weekly": {"fri": [["09:00", "17:00"]], "sat": [["10:00", "18:00"]]}}));
    assert_eq!(daily.elapsed(thursday, wednesday, &Pauses::default()), TimeDelta::hours(9));
}

#[test]
fn what_never_opens_is_found_out_at_once() {
    let began = Instant::now();
    let closed = calendar(&json!({"timezone": "Europe/Berlin", "weekly": {}}));
    let past = once("Europe/Berlin", "2024-01-01", "09:00", "17:00");
    let start = at("2025-01-01T00:00:00Z");
    for calendar in [&closed, &past] {
        assert_eq!(calendar.deadline(start, TimeDelta::seconds(1), &Pauses::default()), Err(Never::NotOpen));
        assert_eq!(calendar.next_open(start), Err(Never::NotOpen));
        assert_eq!(calendar.trace(start, None, &Pauses::default()).intervals.len(), 1);
    }
    let last = once("Europe/Berlin", "9999-12-31", "09:00", "17:00");
    assert_eq!(last.next_open(start), Ok(at("9999-12-31T08:00:00Z")));
    let hour = weekdays("Europe/Berlin", "09:00", "10:00");
    assert_eq!(hour.deadline(start, TimeDelta::MAX, &Pauses::default()), Err(Never::NotOpen));
    assert!(began.elapsed().as_secs() < 5);
}

#[test]
fn times_before_the_epoch_are_times_like_others() {
    let (office, none) = (weekdays("UTC", "09:00", "17:00"), Pauses::default());
    // the last day of 1969 was a Wednesday, the first of the year 1 a Monday
    for (start, due, next) in [
        ("1969-12-31T16:00:00Z", "1970-01-07T10:00:00Z", "1969-12-31T16:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-05T11:00:00Z", "0001-01-01T09:00:00Z"),
    ] {
        let (start, due) = (at(start), at(due));
        assert_eq!(office.deadline(start, TimeDelta::hours(34), &none), Ok(due));
        assert_eq!(office.elapsed(start, due, &none), TimeDelta::hours(34));
        assert_eq!(office.next_open(start), Ok(at(next)));
        assert!(!office.trace(start, Some(due), &none).truncated);
    }
    let decade = office.elapsed(at("1965-01-04T00:00:00Z"), at("1975-01-06T00:00:00Z"), &none);
    assert_eq!(decade, TimeDelta::hours(522 * 40));
    let closed = calendar(&json!({"timezone": "UTC", "weekly": {}}));
    assert_eq!(closed.next_open(at("0001-01-01T00:00:00Z")), Err(Never::NotOpen));
}

#[test]
fn a_clock_that_stands_reaches_no_deadline() {
    let stands = Pauses(vec![Pause { from: at("2025-03-03T10:00:00Z"), to: None }]);
    let (calendar, start) = (weekdays("UTC", "09:00", "17:00"), at("2025-03-03T09:00:00Z"));
    assert_eq!(calendar.deadline(start, TimeDelta::hours(1), &stands), Ok(at("2025-03-03T10:00:00Z")));
    assert_eq!(calendar.deadline(start, TimeDelta::hours(2), &stands), Err(Never::Paused));
    let trace = calendar.trace(start, None, &stands);
    assert_eq!(trace.intervals.last().map(|interval| (interval.to, interval.reason)), Some((None, Reason::Paused)));
}

#[test]
fn the_example_of_the_documentation_holds() {
    let office = calendar(&json!({"timezone": "Europe/Berlin",
        "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]], "fri": [["22:00", "06:00"]]}, "holidays": ["2025-12-25"]}));
    let submitted = at("2025-10-24T21:30:00+02:00");
    let on_hold = pauses(&json!([{"from": "2025-10-27T09:30:00+01:00", "to": "2025-10-27T10:30:00+01:00"}]));
    let due = |hours| office.deadline(submitted, TimeDelta::hours(hours), &on_hold);
    assert_eq!(due(8), Ok(at("2025-10-25T06:00:00+02:00")));
    assert_eq!(due(10), Ok(at("2025-10-27T11:00:00Z")));
}

#[test]
fn a_pause_of_centuries_is_one_interval() {
    let hours =
        calendar(&json!({ "timezone": "Europe/Berlin", "weekly": { "mon": [["09:00", "17:00"]], "thu": [["09:00", "12:00"]] } }));
    let (start, from, to) = (at("2025-01-06T08:00:00Z"), at("2025-01-06T09:00:00Z"), at("9000-01-02T00:00:00Z"));
    let pauses = Pauses(vec![Pause { from, to: Some(to) }]);
    let due = hours.deadline(start, TimeDelta::hours(2), &pauses).unwrap();
    let trace = hours.trace(start, Some(due), &pauses);
    let told: Vec<_> = trace.intervals.iter().map(|interval| interval.reason).collect();
    assert_eq!((&told[..2], told.len()), (&[Reason::Open, Reason::Paused][..], 4), "{told:?}");
    assert_eq!((trace.intervals[1].from, trace.intervals[1].to), (from, Some(to)));
}

#[test]
fn intervals_tell_every_reason() {
    let calendar = calendar(&json!({"timezone": "UTC", "weekly": {"mon": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]]},
        "holidays": ["2025-03-04"]}));
    let start = at("2025-03-03T16:00:00Z");
    let stood = pauses(&json!([{"from": "2025-03-05T09:30:00Z", "to": "2025-03-05T10:00:00Z"}]));
    let due = calendar.deadline(start, TimeDelta::hours(2), &stood).unwrap();
    let trace = calendar.trace(start, Some(due), &stood);
    let told: Vec<_> =
        trace.intervals.iter().map(|part| (part.from.format("%d %H:%M").to_string(), part.reason.word())).collect();
    let expected = [
        ("03 16:00", "open"),
        ("03 17:00", "closed"),
        ("04 00:00", "holiday"),
        ("05 00:00", "closed"),
        ("05 09:00", "open"),
        ("05 09:30", "paused"),
        ("05 10:00", "open"),
    ];
    assert_eq!(told, expected.map(|(from, reason)| (from.to_owned(), reason)));
    assert_eq!(trace.intervals.last().unwrap().to, Some(due));
}

#[test]
fn a_long_time_is_told_from_its_beginning() {
    let calendar = weekdays("UTC", "09:00", "17:00");
    let trace = calendar.trace(at("2000-01-01T00:00:00Z"), Some(at("2200-01-01T00:00:00Z")), &Pauses::default());
    assert_eq!((trace.intervals.len(), trace.truncated), (super::MOST_INTERVALS, true));
    let always =
        BusinessCalendar::always().trace(at("2000-01-01T00:00:00Z"), Some(at("9000-01-01T00:00:00Z")), &Pauses::default());
    assert_eq!((always.intervals.len(), always.truncated), (1, false));
}
