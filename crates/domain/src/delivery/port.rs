//! What bringing messages needs from outside.

use async_trait::async_trait;
use thiserror::Error;

use super::{DeliveryEntry, DeliveryState, DeliveryView, Destination, Due, Recipient};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{DeliveryId, OrganizationId, Reference, WebhookId};
use crate::kernel::page::{Page, PageRequest};

/// The stored messages. Writing them is the unit of work's business. Of what one recipient is to get about one thing, only
/// the oldest that is neither taken nor given up is ever due.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Deliveries: Send + Sync {
    /// Recipients that something is due for, those that fail behind the others. A webhook that is paused MUST NOT be among
    /// them.
    async fn due(&self, now: Moment) -> Result<Vec<Due>, StoreError>;
    /// What is due longest for that recipient, counted as tried once more. MUST NOT give it to anybody else until
    /// `leased_until`.
    async fn claim(&self, recipient: Recipient, now: Moment, leased_until: Moment) -> Result<Option<DeliveryEntry>, StoreError>;
    /// What became of the attempt that claimed a message, at `now`. MUST do nothing when it was claimed again since.
    async fn settle(&self, entry: &DeliveryEntry, outcome: &Settled, now: Moment) -> Result<(), StoreError>;
    /// Has messages that were given up tried again for as long as new ones: this one, whatever became of it, or all.
    /// Answers how many. MUST leave one alone that is claimed, or whose webhook is gone.
    async fn retry(&self, delivery: Option<DeliveryId>, now: Moment) -> Result<u64, StoreError>;
    /// The newest messages, at most `limit`, newest first; only those that are still to be sent, or all.
    async fn newest(&self, only_pending: bool, limit: u64) -> Result<Vec<DeliveryView>, StoreError>;
    /// A part of what a webhook got or is to get, newest first.
    async fn page(
        &self,
        organization: OrganizationId,
        webhook: WebhookId,
        state: Option<DeliveryState>,
        page: &PageRequest,
    ) -> Result<Page<DeliveryView>, StoreError>;
    /// One message of a webhook; by id or serial.
    async fn find(
        &self,
        organization: OrganizationId,
        webhook: WebhookId,
        delivery: &Reference,
    ) -> Result<Option<DeliveryView>, StoreError>;
    /// How many messages wait to be taken; no more than 10 000 are counted.
    async fn depth(&self) -> Result<u64, StoreError>;
}

/// It was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct Refused {
    /// Why.
    pub reason: String,
    /// What was answered, if anything was.
    pub answer: Option<Answer>,
}

/// What somebody answered who was posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// How its body begins: at most 1 KiB.
    pub body: String,
}

/// The way to other programs.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Posts a message, at that time. MUST give up within 20 seconds, MUST follow no redirect, and MUST connect to no
    /// address that others may not reach unless the destination is trusted. Answers the status, which is a yes.
    async fn carry(&self, entry: &DeliveryEntry, to: &Destination, now: Moment) -> Result<u16, Refused>;
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was taken, with that status.
    Delivered(u16),
    /// It was not, and is tried again at that time.
    Again(Moment, Refused),
    /// It is not tried any more.
    GivenUp(Refused),
}
