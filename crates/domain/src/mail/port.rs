//! What mail needs from outside.

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use thiserror::Error;

use super::{Correspondence, MailKind, OutboxEntry};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{MailId, OrganizationId, TicketId, UserId};

/// The stored mails. Writing them is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Outbox: Send + Sync {
    /// The newest mails, at most `limit`, newest first; only those that are still to be sent, or all.
    async fn newest(&self, only_waiting: bool, limit: u64) -> Result<Vec<OutboxEntry>, StoreError>;
    /// The mail that is due longest, counted as tried once more. MUST NOT give it to anybody else until `leased_until`.
    async fn claim(&self, now: Moment, leased_until: Moment) -> Result<Option<OutboxEntry>, StoreError>;
    /// What became of the attempt that claimed a mail. MUST do nothing when the mail was claimed again since.
    async fn settle(&self, mail: MailId, attempt: u32, outcome: &Settled) -> Result<(), StoreError>;
    /// Has mails that were given up tried again: this one, or all. Answers how many.
    async fn retry(&self, mail: Option<MailId>, now: Moment) -> Result<u64, StoreError>;
}

/// What became of an attempt to send a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// A mail server took it.
    Sent(Moment),
    /// It did not work, and is tried again at that time.
    Again(Moment, String),
    /// It is not tried any more.
    GivenUp(String),
}

/// Who is written to.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AddressBook: Send + Sync {
    /// Whom news of these tickets go to; those that are gone are left out. MUST take a fixed number of statements.
    async fn correspondence(
        &self,
        organization: OrganizationId,
        tickets: &[TicketId],
    ) -> Result<HashMap<TicketId, Correspondence>, StoreError>;
    /// What somebody does without, and where they belong; none when there is no such account.
    async fn muted(&self, user: UserId) -> Result<Option<(OrganizationId, BTreeSet<MailKind>)>, StoreError>;
}

/// A mail that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct Undelivered {
    /// Whether trying again is of no use.
    pub is_final: bool,
    /// What was said.
    pub reason: String,
}

/// The way to a mail server.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Hands a mail to a mail server. MUST give up within half a minute.
    async fn carry(&self, entry: &OutboxEntry) -> Result<(), Undelivered>;
}
