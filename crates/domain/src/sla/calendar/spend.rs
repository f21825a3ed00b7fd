//! Spending open time: where a deadline falls, and how much has gone by.

use chrono::{DateTime, Datelike, TimeDelta};

use super::BusinessCalendar;
use super::day::Day;
use super::week::{Stretch, WHOLE_WEEK, union, within};
use crate::kernel::clock::Moment;
use crate::sla::Pauses;

/// Why there is no deadline, or no next opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {
    /// No open time comes before the year 10000.
    NotOpen,
    /// The clock stands, and nobody knows until when.
    Paused,
}

impl Never {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotOpen => "never_open",
            Self::Paused => "paused",
        }
    }
}

impl BusinessCalendar {
    /// The instant at which `target` of open time behind `start` is used up, pauses left out. No time at all is used
    /// up at once; what runs out at closing time ends there.
    pub fn deadline(&self, start: Moment, target: TimeDelta, pauses: &Pauses) -> Result<Moment, Never> {
        let due = self.used_up((start.timestamp_micros(), i64::MAX), target, pauses);
        due.ok_or(if pauses.is_paused() { Never::Paused } else { Never::NotOpen })
    }

    /// The same, where it comes before `end`.
    pub fn deadline_before(&self, end: Moment, start: Moment, target: TimeDelta, pauses: &Pauses) -> Option<Moment> {
        self.used_up((start.timestamp_micros(), end.timestamp_micros()), target, pauses)
    }

    fn used_up(&self, (start, end): Stretch, target: TimeDelta, pauses: &Pauses) -> Option<Moment> {
        let mut left = target.num_microseconds().unwrap_or(i64::MAX);
        if left <= 0 {
            return moment(start);
        }
        let running = pauses.running(start, end);
        running.iter().find_map(|stretch| self.spend(*stretch, &mut left)).and_then(known)
    }

    /// How much open time there is from `start` up to `end`, pauses left out; none when the end is not behind the start.
    pub fn elapsed(&self, start: Moment, end: Moment, pauses: &Pauses) -> TimeDelta {
        let mut left = i64::MAX;
        for stretch in pauses.running(start.timestamp_micros(), end.timestamp_micros()) {
            self.spend(stretch, &mut left);
        }
        TimeDelta::microseconds(i64::MAX - left)
    }

    /// The first open instant from `start` on.
    pub fn next_open(&self, start: Moment) -> Result<Moment, Never> {
        let mut instant = 1;
        let used_up = self.spend((start.timestamp_micros(), i64::MAX), &mut instant);
        used_up.and_then(|behind| known(behind - 1)).ok_or(Never::NotOpen)
    }

    /// Takes the open time of the stretch from what is left; the instant at which nothing is left, if that comes.
    fn spend(&self, stretch: Stretch, left: &mut i64) -> Option<i64> {
        let (from, to) = stretch;
        let mut monday = self.monday_of(from);
        while monday <= Day::LAST && self.zone.begin(monday) < to {
            let weeks = self.whole_weeks(monday, stretch, *left);
            if weeks > 0 {
                *left -= weeks * self.open_per_week;
                monday = monday.plus(weeks * 7);
                continue;
            }
            for (from, to) in self.open_in_week(monday).into_iter().filter_map(|open| within(open, from, to)) {
                if *left <= to - from {
                    return Some(from + *left);
                }
                *left -= to - from;
            }
            monday = monday.plus(7);
        }
        None
    }

    /// How many weeks from that Monday on are alike, whole, and don't use up what is left.
    fn whole_weeks(&self, monday: Day, (from, to): Stretch, left: i64) -> i64 {
        let begin = self.zone.begin(monday);
        if begin < from {
            return 0;
        }
        // what never ends does so at the last of all integers, and a week may begin before 1970
        let whole = to.saturating_sub(begin) / WHOLE_WEEK;
        let open = if self.open_per_week > 0 { (left - 1) / self.open_per_week } else { i64::MAX };
        let last = Day::LAST.since(monday) / 7 + 1;
        self.alike(monday, whole.min(open).min(last))
    }
}

impl Pauses {
    /// The stretches of a time in which the clock ran.
    fn running(&self, from: i64, to: i64) -> Vec<Stretch> {
        let mut running = Vec::new();
        let mut from = from;
        for (begin, end) in self.stretches() {
            running.extend(within((from, to), from, begin));
            from = from.max(end);
        }
        running.extend(within((from, to), from, to));
        running
    }

    /// The stretches in which the clock stood, in order and apart from each other.
    pub(super) fn stretches(&self) -> Vec<Stretch> {
        let end = |to: Option<Moment>| to.map_or(i64::MAX, |to| to.timestamp_micros());
        let stretches = self.0.iter().map(|pause| (pause.from.timestamp_micros(), end(pause.to)));
        union(stretches.filter(|(from, to)| from < to).collect())
    }
}

/// The instant of so many microseconds, before the year 10000: those behind it have no usual way to be written.
fn known(micros: i64) -> Option<Moment> {
    moment(micros).filter(|instant| instant.year() < 10_000)
}

/// The instant of so many microseconds; none beyond the times that there are.
pub(super) fn moment(micros: i64) -> Option<Moment> {
    DateTime::from_timestamp_micros(micros)
}
