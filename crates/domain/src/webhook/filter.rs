//! Which events a webhook is told of.

use crate::kernel::violation::Problem;

/// Events by their type: `*`, all of one kind of thing (`ticket.*`), or one (`ticket.created`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFilter(String);

impl EventFilter {
    /// The most filters that a webhook has.
    pub const MOST: usize = 50;
    /// The most characters.
    pub const MAX: usize = 100;

    /// Takes a filter.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let is_filter =
            text == "*" || text.split_once('.').is_some_and(|(kind, verb)| is_word(kind) && (verb == "*" || is_word(verb)));
        if text.len() > Self::MAX {
            return Err(Problem::TooLong(Self::MAX));
        }
        if is_filter { Ok(Self(text.to_owned())) } else { Err(Problem::InvalidChoice(text.to_owned())) }
    }

    /// A filter that is already known to be good.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The filter as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it lets events of that type through.
    pub fn passes(&self, kind: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(beginning) => kind.starts_with(beginning),
            None => self.0 == kind,
        }
    }
}
