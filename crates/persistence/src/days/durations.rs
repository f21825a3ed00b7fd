//! Durations in one text that only grows: a commit appends to it and never reads it.

use std::fmt::Write;

use helpdesk_domain::analytics::Durations;

/// Seconds that come to a row, and seconds that go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moves {
    gained: Vec<i64>,
    lost: Vec<i64>,
}

impl Moves {
    /// Adds or (with a negative sign) takes away; what is added and taken away stays out.
    pub fn post(&mut self, seconds: i64, sign: i64) {
        let (to, from) = if sign > 0 { (&mut self.gained, &mut self.lost) } else { (&mut self.lost, &mut self.gained) };
        match from.iter().position(|other| *other == seconds) {
            Some(place) => {
                from.swap_remove(place);
            }
            None => to.push(seconds),
        }
    }

    /// As it is appended to the row: `+60+3600-60`.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (sign, seconds) in [('+', &self.gained), ('-', &self.lost)] {
            for seconds in seconds {
                // Writing to a String cannot fail.
                let _ = write!(text, "{sign}{seconds}");
            }
        }
        text
    }

    /// What has come.
    pub fn into_durations(self) -> Durations {
        Durations(self.gained)
    }
}

/// What a row's text comes to.
pub(crate) fn told(text: &str) -> Durations {
    let (mut gained, mut lost) = (Vec::with_capacity(text.len() / 5), Vec::new());
    let (mut is_gain, mut seconds) = (true, None);
    for byte in text.bytes().chain([b'+']) {
        if byte.is_ascii_digit() {
            seconds = Some(seconds.unwrap_or(0) * 10 + i64::from(byte - b'0'));
            continue;
        }
        if let Some(seconds) = seconds.take() {
            if is_gain { gained.push(seconds) } else { lost.push(seconds) }
        }
        is_gain = byte == b'+';
    }
    Durations(without(gained, lost))
}

fn without(mut gained: Vec<i64>, mut lost: Vec<i64>) -> Vec<i64> {
    if lost.is_empty() {
        return gained;
    }
    gained.sort_unstable();
    lost.sort_unstable();
    let mut lost = lost.into_iter().peekable();
    gained.retain(|seconds| lost.next_if_eq(seconds).is_none());
    gained
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_what_came_without_what_went() {
        assert_eq!(told("+60+3600-60+60+0-3600"), Durations(vec![0, 60]));
        assert_eq!(told(""), Durations::default());
    }

    #[test]
    fn what_comes_and_goes_in_one_commit_is_not_written() {
        let mut moves = Moves::default();
        moves.post(60, -1);
        moves.post(90, -1);
        moves.post(60, 1);
        moves.post(70, 1);
        assert_eq!(moves.text(), "+70-90");
    }
}
