//! Opening hours of one date.

use super::day::Day;
use super::zone::{SECOND, Zone};

/// Seconds of a day as clocks count them.
const DAY: u32 = 86_400;

/// A half-open span of wall clock times. It begins on its date and may end on the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hours {
    /// Seconds from midnight.
    from: u32,
    /// Seconds from that same midnight; more than `from`.
    to: u32,
}

impl Hours {
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };

    /// Reads two times of day; an end that is not behind the beginning is the next day's.
    pub fn parse(from: &str, to: &str) -> Result<Self, &'static str> {
        let from = time(from).filter(|from| *from < DAY).ok_or("Begins at no time of day.")?;
        let to = time(to).ok_or("Ends at no time of day.")?;
        Ok(Self { from, to: if to <= from { to + DAY } else { to } })
    }

    /// As they are written.
    pub fn words(self) -> [String; 2] {
        [word(self.from), word(if self.to > DAY { self.to - DAY } else { self.to })]
    }

    /// Whether these begin before the others have ended; the others begin first.
    pub const fn overlap(self, earlier: Self) -> bool {
        self.from < earlier.to
    }

    /// The instants that they begin and end at on that date, in microseconds; none when the clocks leave nothing of them.
    pub fn on(self, day: Day, zone: Zone) -> Option<(i64, i64)> {
        let at = |second: u32| zone.second(day.first_second() + i64::from(second)) * SECOND;
        let (from, to) = (at(self.from), at(self.to));
        (from < to).then_some((from, to))
    }

    /// Seconds from the beginning of a week whose day `weekday` they are on.
    pub fn in_week(self, weekday: i64) -> (i64, i64) {
        let midnight = weekday * i64::from(DAY);
        (midnight + i64::from(self.from), midnight + i64::from(self.to))
    }
}

/// Reads `09:00`, `09:00:30` or `24:00`: seconds from midnight.
fn time(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let number = |part: &&str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (number(hour)?, number(minute)?, 0),
        [hour, minute, second] => (number(hour)?, number(minute)?, number(second)?),
        _ => return None,
    };
    let seconds = hour * 3600 + minute * 60 + second;
    (minute < 60 && second < 60 && seconds <= DAY).then_some(seconds)
}

fn word(seconds: u32) -> String {
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}
