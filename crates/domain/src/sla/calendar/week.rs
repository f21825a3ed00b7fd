//! One week of a calendar, from the instant its Monday begins to the instant the next one does.

use super::BusinessCalendar;
use super::day::Day;
use super::hours::Hours;
use super::zone::SECOND;

/// A week that is open throughout, in microseconds.
pub(super) const WHOLE_WEEK: i64 = 7 * 86_400 * SECOND;

/// Instants from the first up to, not including, the second, in microseconds.
pub(super) type Stretch = (i64, i64);

impl BusinessCalendar {
    /// The Monday of the week that the instant is in.
    pub(super) fn monday_of(&self, micros: i64) -> Day {
        let monday = self.zone.day(micros).monday();
        // clocks that go back over midnight show the old week again
        if self.zone.begin(monday.plus(7)) <= micros { monday.plus(7) } else { monday }
    }

    /// When it is open in that week, in order. What reaches in from the days before is in it, and a gap of the clocks
    /// may have moved that by a day.
    pub(super) fn open_in_week(&self, monday: Day) -> Vec<Stretch> {
        let days = || (-2..8).map(|days| monday.plus(days));
        let hours = days().flat_map(|day| self.hours_on(day).iter().filter_map(move |hours| hours.on(day, self.zone)));
        let breaks = days().flat_map(|day| self.breaks.get(&day).into_iter().flatten().map(move |hours| (day, *hours)));
        let closed = self.holidays_in_week(monday).into_iter().chain(breaks.filter_map(|(day, hours)| hours.on(day, self.zone)));
        let open = without(&union(hours.collect()), &union(closed.collect()));
        let (begin, end) = (self.zone.begin(monday), self.zone.begin(monday.plus(7)));
        open.into_iter().filter_map(|stretch| within(stretch, begin, end)).collect()
    }

    /// The holidays of that week and of the days beside it, in order.
    pub(super) fn holidays_in_week(&self, monday: Day) -> Vec<Stretch> {
        let days = self.holidays.range(monday.plus(-2)..monday.plus(9));
        days.map(|day| (self.zone.begin(*day), self.zone.begin(day.plus(1)))).collect()
    }

    /// How many weeks from that Monday on, at most `most`, are all alike: without exceptions, and without clocks that are set.
    pub(super) fn alike(&self, monday: Day, most: i64) -> i64 {
        let apart = self.exception_from(monday.plus(-2)).map_or(i64::MAX, |day| day.since(monday));
        let most = most.min(apart.saturating_sub(2).div_euclid(7));
        if monday >= Day::SETTLED {
            return most;
        }
        let offset = |days| self.zone.offset(monday.plus(days).first_second());
        let before = offset(-3);
        // no zone has set its clocks there and back within a day
        let set = (-2..most.saturating_mul(7).saturating_add(4)).find(|days| {
            let settled = monday.plus(*days) >= Day::SETTLED;
            settled || offset(*days) != before
        });
        match set {
            Some(days) if monday.plus(days) < Day::SETTLED => (days - 4).div_euclid(7).clamp(0, most.max(0)),
            _ => most,
        }
    }
}

/// How long those hours are open in a week without exceptions, in microseconds.
pub(super) fn ordinary(weekly: &[Vec<Hours>; 7]) -> i64 {
    let days = (-1..7).zip(weekly.iter().cycle().skip(6));
    let hours = days.flat_map(|(weekday, hours)| hours.iter().map(move |hours| hours.in_week(weekday)));
    let open = union(hours.collect());
    open.into_iter().filter_map(|stretch| within(stretch, 0, 7 * 86_400)).map(|(from, to)| to - from).sum::<i64>() * SECOND
}

/// The part of a stretch that is between two instants.
pub(super) fn within((from, to): Stretch, begin: i64, end: i64) -> Option<Stretch> {
    let (from, to) = (from.max(begin), to.min(end));
    (from < to).then_some((from, to))
}

/// The same instants, in order and each once.
pub(super) fn union(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// The first less the second; both are in order and don't overlap in themselves.
pub(super) fn without(stretches: &[Stretch], taken: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::with_capacity(stretches.len());
    for &(from, to) in stretches {
        let mut from = from;
        for &(begin, end) in taken {
            // what is taken before or behind it leaves it whole
            left.extend(within((from, to), from, begin));
            from = from.max(end);
        }
        left.extend(within((from, to), from, to));
    }
    left
}
