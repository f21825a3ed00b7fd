//! When the clocks of a ticket stand: while it waits for others.

use serde::{Deserialize, Serialize};

use crate::kernel::clock::Moment;

/// A time during which the clocks stood. `[from, to)`; still standing without `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When the ticket began to wait for others.
    pub from: Moment,
    /// When it went on.
    pub to: Option<Moment>,
}

/// All pauses of a ticket, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pauses(pub Vec<Pause>);

impl Pauses {
    /// Pauses in any order, as pauses in order; those that meet are one.
    pub fn of(mut pauses: Vec<Pause>) -> Self {
        pauses.sort_by_key(|pause| pause.from);
        let mut merged: Vec<Pause> = Vec::new();
        for pause in pauses {
            match merged.last_mut() {
                Some(last) if last.to.is_none_or(|to| pause.from <= to) => {
                    last.to = last.to.zip(pause.to).map(|(one, other)| one.max(other));
                }
                _ => merged.push(pause),
            }
        }
        Self(merged)
    }

    /// Whether the clocks stand.
    pub fn is_paused(&self) -> bool {
        self.standing_since().is_some()
    }

    /// Stops the clocks, if they run.
    pub fn begin(&mut self, now: Moment) {
        if !self.is_paused() {
            self.0.push(Pause { from: now, to: None });
        }
    }

    /// Lets the clocks go on, if they stand.
    pub fn end(&mut self, now: Moment) {
        if let Some(pause) = self.0.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(now);
        }
    }

    /// The pauses that have ended: a deadline moves when a pause ends.
    #[must_use]
    pub fn ended(&self) -> Self {
        Self(self.0.iter().filter(|pause| pause.to.is_some()).copied().collect())
    }

    /// The pauses up to a moment; one that reaches beyond it ends there. A clock that stopped then knows no others.
    #[must_use]
    pub fn until(&self, end: Moment) -> Self {
        let before = self.0.iter().filter(|pause| pause.from < end);
        Self(before.map(|pause| Pause { from: pause.from, to: Some(pause.to.map_or(end, |to| to.min(end))) }).collect())
    }

    /// Since when the clocks stand, if they do.
    pub fn standing_since(&self) -> Option<Moment> {
        self.0.last().filter(|pause| pause.to.is_none()).map(|pause| pause.from)
    }
}
