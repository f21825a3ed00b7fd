//! Who looks at one ticket. Kept nowhere: each connection repeats that it is there.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::realtime::{Glimpse, Looks};
use tokio::sync::broadcast::{self, Receiver, Sender};
use uuid::Uuid;

use super::locked;

/// As many glimpses are kept for a connection that is busy; those it misses are of no use any more.
const KEPT: usize = 32;
/// For how long somebody counts as there who does not repeat it.
const LONGEST: Duration = Duration::from_mins(1);

/// Somebody looks at the ticket.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// What they do.
    pub glimpse: Arc<Glimpse>,
    /// Whether this connection was not there before.
    pub is_new: bool,
}

/// Who looks at one ticket, here and in other processes.
pub(super) struct Onlookers {
    seen: Sender<Seen>,
    there: Mutex<HashMap<Uuid, (Arc<Glimpse>, Instant)>>,
}

impl Default for Onlookers {
    fn default() -> Self {
        Self { seen: broadcast::channel(KEPT).0, there: Mutex::default() }
    }
}

impl Onlookers {
    /// What is seen from now on.
    pub fn watch(&self) -> Receiver<Seen> {
        self.seen.subscribe()
    }

    /// Takes it in, and passes it on.
    pub fn hear(&self, glimpse: Glimpse) {
        let glimpse = Arc::new(glimpse);
        let before = {
            let mut there = locked(&self.there);
            match glimpse.looks {
                Looks::Away => there.remove(&glimpse.connection),
                Looks::Here | Looks::Typing { .. } => there.insert(glimpse.connection, (Arc::clone(&glimpse), Instant::now())),
            }
        };
        let is_new = before.is_none() && glimpse.looks != Looks::Away;
        // Nobody watches when the last connection has just gone.
        let _ = self.seen.send(Seen { glimpse, is_new });
    }

    /// Everybody who is there, each once, with their name.
    pub fn present(&self) -> BTreeMap<UserId, String> {
        let mut there = locked(&self.there);
        there.retain(|_, (_, since)| since.elapsed() < LONGEST);
        there.values().map(|(glimpse, _)| (glimpse.user, glimpse.name.clone())).collect()
    }
}
