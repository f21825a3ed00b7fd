//! A time taken apart, so that a deadline can be checked by hand.

use super::BusinessCalendar;
use super::day::Day;
use super::spend::moment;
use super::week::{Stretch, WHOLE_WEEK, within};
use crate::kernel::clock::Moment;
use crate::sla::Pauses;

/// The most intervals that are told; a time that has more is told from its beginning.
pub const MOST_INTERVALS: usize = 10_000;

/// Why an interval counts, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Open: it counts.
    Open,
    /// Outside of the hours.
    Closed,
    /// Closed for the day.
    Holiday,
    /// The clock stands, open or not.
    Paused,
}

impl Reason {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Holiday => "holiday",
            Self::Paused => "paused",
        }
    }

    /// Whether it counts.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Open)
    }
}

/// A part of a time, all of it for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// From this instant.
    pub from: Moment,
    /// Up to, not including, this one; none where it never ends.
    pub to: Option<Moment>,
    /// Why it counts, or does not.
    pub reason: Reason,
}

/// A time taken apart, without gaps. Neighbours have different reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Its parts, in order.
    pub intervals: Vec<Interval>,
    /// Whether parts at the end are left out.
    pub truncated: bool,
}

impl BusinessCalendar {
    /// Takes the time from `start` to `end` apart; without an end up to where nothing changes any more.
    pub fn trace(&self, start: Moment, end: Option<Moment>, pauses: &Pauses) -> Trace {
        let stands = if end.is_none() { pauses.standing_since() } else { None };
        let from = start.timestamp_micros();
        let to = end.or(stands).map_or(i64::MAX, |end| end.timestamp_micros());
        let (mut monday, mut pieces) = (self.monday_of(from), Pieces::new(from, to, pauses.stretches()));
        while pieces.at < to && !pieces.is_full() && monday <= Day::LAST {
            if let Some(end) = pieces.stands_until().filter(|end| *end > self.zone.begin(monday.plus(7))) {
                pieces.push(end.min(to), Reason::Paused);
                monday = self.monday_of(pieces.at);
                continue;
            }
            let weeks = self.monotone_weeks(monday, pieces.at);
            let next = monday.plus(7 * weeks.max(1));
            let until = self.zone.begin(next);
            if weeks > 0 {
                pieces.add(until, if self.open_per_week > 0 { Reason::Open } else { Reason::Closed });
            } else {
                self.trace_week(monday, until, &mut pieces);
            }
            monday = next;
        }
        if stands.is_some() && !pieces.is_full() {
            pieces.end = i64::MAX;
            pieces.push(i64::MAX, Reason::Paused);
        }
        pieces.finish(end.is_none())
    }

    /// How many weeks from that Monday on have nothing to tell: always open or never, from their first instant on.
    fn monotone_weeks(&self, monday: Day, at: i64) -> i64 {
        let is_monotone = [0, WHOLE_WEEK].contains(&self.open_per_week);
        if is_monotone && at == self.zone.begin(monday) { self.alike(monday, Day::LAST.since(monday) / 7 + 1) } else { 0 }
    }

    fn trace_week(&self, monday: Day, until: i64, pieces: &mut Pieces) {
        let holidays = self.holidays_in_week(monday);
        let shut = |pieces: &mut Pieces, until: i64| {
            let from = pieces.at;
            for (begin, end) in holidays.iter().filter_map(|holiday| within(*holiday, from, until)) {
                pieces.add(begin, Reason::Closed);
                pieces.add(end, Reason::Holiday);
            }
            pieces.add(until, Reason::Closed);
        };
        for (from, to) in self.open_in_week(monday) {
            shut(pieces, from);
            pieces.add(to, Reason::Open);
        }
        shut(pieces, until);
    }
}

/// The parts so far, each from where the one before ended.
struct Pieces {
    at: i64,
    end: i64,
    paused: Vec<Stretch>,
    done: Vec<(i64, i64, Reason)>,
}

impl Pieces {
    fn new(at: i64, end: i64, paused: Vec<Stretch>) -> Self {
        Self { at, end, paused, done: Vec::new() }
    }

    fn is_full(&self) -> bool {
        self.done.len() > MOST_INTERVALS
    }

    /// Until when the clock stands where this has come to, if it does.
    fn stands_until(&self) -> Option<i64> {
        let first = self.paused.partition_point(|(_, end)| *end <= self.at);
        self.paused.get(first).filter(|(begin, _)| *begin <= self.at).map(|(_, end)| *end)
    }

    /// Goes on up to that instant; where the clock stands, for that reason.
    fn add(&mut self, until: i64, reason: Reason) {
        let until = until.min(self.end);
        let first = self.paused.partition_point(|(_, end)| *end <= self.at);
        let paused: Vec<Stretch> = self.paused.iter().skip(first).take_while(|(begin, _)| *begin < until).copied().collect();
        for (begin, end) in paused {
            self.push(begin.min(until), reason);
            self.push(end.min(until), Reason::Paused);
        }
        self.push(until, reason);
    }

    fn push(&mut self, until: i64, reason: Reason) {
        if until <= self.at {
            return;
        }
        match self.done.last_mut() {
            Some((_, to, last)) if *last == reason => *to = until,
            _ => self.done.push((self.at, until, reason)),
        }
        self.at = until;
    }

    fn finish(mut self, is_endless: bool) -> Trace {
        let truncated = self.done.len() > MOST_INTERVALS;
        self.done.truncate(MOST_INTERVALS);
        let last = self.done.len().saturating_sub(1);
        let interval = |(place, (from, to, reason)): (usize, (i64, i64, Reason))| {
            let never_ends = is_endless && !truncated && place == last;
            Some(Interval { from: moment(from)?, to: if never_ends { None } else { moment(to) }, reason })
        };
        Trace { intervals: self.done.into_iter().enumerate().filter_map(interval).collect(), truncated }
    }
}
