//! Logins that were looked up a moment ago.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use helpdesk_domain::identity::{Session, User};
use helpdesk_domain::kernel::id::SessionId;
use moka::sync::Cache;

/// What another process has revoked is noticed after this long at most.
const LONGEST: Duration = Duration::from_secs(1);
const MOST: u64 = 50_000;

/// Logins and whose they are, for a second at most. A commit of this process that touches logins starts a new
/// generation: an entry counts only in the generation in which its reading began, so that a read that overlaps a
/// commit is never remembered past it.
#[derive(Clone, Debug)]
pub(crate) struct Sessions {
    generation: Arc<AtomicU64>,
    entries: Cache<SessionId, Arc<Entry>>,
}

#[derive(Debug)]
struct Entry {
    generation: u64,
    found: (Session, User),
}

/// The generation in which a read began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Began(u64);

impl Default for Sessions {
    fn default() -> Self {
        let entries = Cache::builder().max_capacity(MOST).time_to_live(LONGEST).build();
        Self { generation: Arc::default(), entries }
    }
}

impl Sessions {
    /// To be called before the database is asked.
    pub(crate) fn begin(&self) -> Began {
        Began(self.generation.load(Ordering::SeqCst))
    }

    pub(crate) fn get(&self, id: SessionId) -> Option<(Session, User)> {
        let entry = self.entries.get(&id)?;
        (entry.generation == self.begin().0).then(|| entry.found.clone())
    }

    pub(crate) fn remember(&self, id: SessionId, began: Began, found: (Session, User)) {
        self.entries.insert(id, Arc::new(Entry { generation: began.0, found }));
    }

    /// Nothing that was looked up until now counts any more.
    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }
}
