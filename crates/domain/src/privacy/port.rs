//! What privacy needs from outside.

use async_trait::async_trait;
use uuid::Uuid;

use super::{PersonalRecord, PersonalView, Section};
use crate::event::Recorded;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId, UserId};

/// What is stored of people, their account gone or not. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait PersonalRepository: Send + Sync {
    /// The person who is meant; by id or serial, by name or address while the account is there.
    async fn person(&self, organization: OrganizationId, person: &Reference) -> Result<Option<PersonalView>, StoreError>;
    /// At most `limit` things of a section behind a place, and the place behind them; none at the end. The first place is 0.
    async fn records(
        &self,
        organization: OrganizationId,
        person: UserId,
        section: Section,
        after: i64,
        limit: u64,
    ) -> Result<(Vec<PersonalRecord>, Option<i64>), StoreError>;
    /// At most `limit` tickets that the person asked for and that still say something of them.
    async fn tickets(&self, organization: OrganizationId, person: UserId, limit: u64) -> Result<Vec<TicketId>, StoreError>;
    /// All tickets that the person ever asked for, also those that are gone.
    async fn asked_for(&self, organization: OrganizationId, person: UserId) -> Result<Vec<TicketId>, StoreError>;
    /// Up to where the log was read by whoever began to erase the person; 0 when nobody did.
    async fn reached(&self, organization: OrganizationId, person: UserId) -> Result<i64, StoreError>;
    /// What the person did to these tickets and to files, up to a position.
    async fn deeds(
        &self,
        organization: OrganizationId,
        person: UserId,
        tickets: &[TicketId],
        until: i64,
    ) -> Result<Vec<Recorded>, StoreError>;
    /// Of so many positions behind one, in order, the events among which MUST be all that the person did, that happened to
    /// these things of theirs, or that name them or those; and the last of the positions. None at the end of the log.
    async fn events(
        &self,
        organization: OrganizationId,
        person: UserId,
        things: &[Uuid],
        after: i64,
        positions: i64,
    ) -> Result<Option<(Vec<Recorded>, i64)>, StoreError>;
}
