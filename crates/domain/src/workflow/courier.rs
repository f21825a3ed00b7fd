//! Handing over what is due.

use std::sync::Arc;

use chrono::TimeDelta;

use super::DeliveryEntry;
use super::port::{Deliveries, Settled, Workflow};
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::fault::StoreError;

/// For how long a delivery belongs to who claimed it: longer than a [`Workflow`] takes.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// For how long a workflow is asked.
const PATIENCE: TimeDelta = TimeDelta::hours(24);
/// The wait after the first attempt.
const SHORTEST: TimeDelta = TimeDelta::seconds(5);
/// The longest wait between two attempts.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// Hands over what is due, at least once: who dies between the workflow's yes and ours sends it again, under the same id.
#[derive(Clone)]
pub struct Courier {
    /// Where deliveries wait.
    pub deliveries: Arc<dyn Deliveries>,
    /// Who takes them.
    pub workflow: Arc<dyn Workflow>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// What became of a delivery that was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The delivery.
    pub entry: DeliveryEntry,
    /// What became of it.
    pub outcome: Settled,
}

impl Courier {
    /// Hands over what is due longest; none when nothing is.
    pub async fn deliver(&self) -> Result<Option<Brought>, StoreError> {
        let now = self.clock.now();
        let Some(entry) = self.deliveries.claim(now, now + LEASE).await? else { return Ok(None) };
        let outcome = match self.workflow.hand_over(&entry, now).await {
            Ok(()) => Settled::Delivered(self.clock.now()),
            Err(refused) => next(&entry, self.clock.now(), refused.0),
        };
        self.deliveries.settle(entry.delivery.id, entry.attempts, &outcome).await?;
        Ok(Some(Brought { entry, outcome }))
    }
}

fn next(entry: &DeliveryEntry, now: Moment, reason: String) -> Settled {
    let at = now + wait(entry.attempts);
    if at - entry.delivery.created_at > PATIENCE { Settled::GivenUp(reason) } else { Settled::Again(at, reason) }
}

/// Five seconds, then twice as long each time.
pub(super) fn wait(attempts: u32) -> TimeDelta {
    let doubled = 1_i32.checked_shl(attempts.saturating_sub(1)).filter(|times| *times > 0).unwrap_or(i32::MAX);
    SHORTEST.checked_mul(doubled).map_or(LONGEST, |wait| wait.min(LONGEST))
}
