//! Signals as they travel between the processes that serve one database.

use std::collections::HashSet;

use futures_util::FutureExt;
use helpdesk_domain::realtime::port::Listening;
use helpdesk_domain::realtime::{Heard, Signal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Store;

/// A signal as it travels.
#[derive(Serialize, Deserialize)]
struct Letter {
    from: Uuid,
    signal: Signal,
}

/// What this process and the others tell each other, whichever way it goes.
pub struct Letters {
    store: Store,
    process: Uuid,
}

/// What the others are to hear.
pub struct Outgoing {
    signals: Box<dyn Listening>,
    process: Uuid,
}

impl Store {
    /// What this process and the others tell each other.
    pub fn letters(&self) -> Letters {
        Letters { store: self.clone(), process: self.ids.next() }
    }
}

impl Letters {
    /// What the others are to hear from now on.
    pub fn outgoing(&self) -> Outgoing {
        Outgoing { signals: self.store.outgoing(), process: self.process }
    }

    /// Takes in what another process told; what is no letter, or one's own, is left.
    pub fn open(&self, letter: &str) {
        let Ok(Letter { from, signal }) = serde_json::from_str(letter) else { return };
        if from != self.process {
            self.store.hear(signal);
        }
    }
}

impl Outgoing {
    /// What is to be sent next, in its order: what is there already goes together.
    pub async fn next(&mut self) -> Vec<String> {
        let mut together = vec![self.signals.next().await];
        while let Some(more) = self.signals.next().now_or_never() {
            together.push(more);
        }
        let letters = newest(together).into_iter().map(|signal| Letter { from: self.process, signal });
        letters.filter_map(|letter| serde_json::to_string(&letter).ok()).collect()
    }
}

/// Each signal once, where it was told last: who came, went and came again is there.
fn newest(heard: Vec<Heard>) -> Vec<Signal> {
    let mut known = HashSet::new();
    let signals = heard.into_iter().filter_map(|heard| if let Heard::Signal(signal) = heard { Some(signal) } else { None });
    let mut newest: Vec<Signal> = signals.rev().filter(|told| known.insert(told.clone())).collect();
    newest.reverse();
    newest
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::kernel::id::OrganizationId;

    use super::*;

    #[test]
    fn signals_that_travel_together_keep_the_order_in_which_they_were_told_last() {
        let grown = |number| Signal::Events(OrganizationId(Uuid::from_u128(number)));
        let told = [grown(1), Signal::Logins, grown(2), grown(1)].map(Heard::Signal);
        assert_eq!(newest(told.into()), [Signal::Logins, grown(2), grown(1)]);
    }
}
