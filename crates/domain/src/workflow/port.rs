//! What handing over needs from outside.

use async_trait::async_trait;
use thiserror::Error;

use super::DeliveryEntry;
use crate::identity::Organization;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::DeliveryId;

/// The external workflows of organizations.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Workflow: Send + Sync {
    /// Whether that organization has one.
    fn serves(&self, organization: &Organization) -> bool;
    /// Hands a ticket to its organization's workflow, at that time. MUST give up within 20 seconds.
    async fn hand_over(&self, entry: &DeliveryEntry, now: Moment) -> Result<(), Refused>;
}

/// It was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// The stored deliveries. Writing them is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Deliveries: Send + Sync {
    /// The delivery that is due longest, counted as tried once more. MUST NOT give it to anybody else until
    /// `leased_until`.
    async fn claim(&self, now: Moment, leased_until: Moment) -> Result<Option<DeliveryEntry>, StoreError>;
    /// What became of the attempt that claimed a delivery. MUST do nothing when it was claimed again since.
    async fn settle(&self, delivery: DeliveryId, attempt: u32, outcome: &Settled) -> Result<(), StoreError>;
}

/// What became of an attempt to hand a ticket over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The workflow took it.
    Delivered(Moment),
    /// It did not, and is asked again at that time.
    Again(Moment, String),
    /// It is not asked any more.
    GivenUp(String),
}
