//! Time and fresh identities come through ports, so that tests and sandboxes can hold them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// An instant, to the microsecond (what both databases keep).
pub type Moment = DateTime<Utc>;

/// What time it is.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait Clock: Send + Sync {
    /// Now, in UTC, as it is for whoever asks: somebody of a sandbox lives in its time. MUST be cut to whole microseconds.
    fn now(&self) -> Moment;
    /// The time of the machine, which no sandbox moves: for credentials, links, and when something is tried again or swept.
    fn real(&self) -> Moment {
        self.now()
    }
}

/// Fresh identities.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait Ids: Send + Sync {
    /// An id that nobody had before. MUST be a `UUIDv7`, so that ids sort by age.
    fn next(&self) -> Uuid;
}
