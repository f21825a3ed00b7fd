//! The time of the organization that a request belongs to.

use std::future::Future;
use std::sync::Arc;

use chrono::TimeDelta;
use helpdesk_domain::kernel::{Clock, Moment};

tokio::task_local! {
    static AHEAD: TimeDelta;
}

/// A clock that shows the time of a sandbox inside of [`ahead_by`], and elsewhere what the clock under it shows.
pub struct SandboxClock(Arc<dyn Clock>);

impl SandboxClock {
    /// Over the clock of the machine.
    pub fn over(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }
}

impl Clock for SandboxClock {
    fn now(&self) -> Moment {
        self.0.now() + AHEAD.try_with(|ahead| *ahead).unwrap_or_default()
    }

    fn real(&self) -> Moment {
        self.0.real()
    }
}

/// Does it in a time that is so far ahead.
pub async fn ahead_by<F: Future>(ahead: TimeDelta, work: F) -> F::Output {
    AHEAD.scope(ahead, work).await
}
