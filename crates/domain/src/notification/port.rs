//! What notifications need from outside.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;

use super::{NotificationKind, NotificationView, TicketAudience, WorkAudience};
use crate::identity::Role;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{NotificationId, OrganizationId, Reference, TicketId, UserId, WorkOrderId};
use crate::kernel::page::{Page, PageRequest};
use crate::ticket::Priority;

/// Which notifications; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotificationQuery {
    /// Of any of these kinds.
    pub kinds: Option<Vec<NotificationKind>>,
    /// Of any of these priorities.
    pub priorities: Option<Vec<Priority>>,
    /// Read, or unread.
    pub is_read: Option<bool>,
    /// Of what happened at or after.
    pub created_after: Option<Moment>,
    /// Of what happened before.
    pub created_before: Option<Moment>,
    /// The oldest first, instead of the newest.
    pub oldest_first: bool,
}

/// Stored notifications, and what people chose. MUST answer the actor's own and no others, and MUST [withhold] what is
/// about a ticket, an internal note or a work order that the actor does not see (any more).
///
/// [withhold]: NotificationView::withheld
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait NotificationRepository: Send + Sync {
    /// One notification; by id or serial.
    async fn view(&self, actor: &Actor, notification: &Reference) -> Result<Option<NotificationView>, StoreError>;
    /// A part of the list.
    async fn page(
        &self,
        actor: &Actor,
        query: &NotificationQuery,
        page: &PageRequest,
    ) -> Result<Page<NotificationView>, StoreError>;
    /// How many are unread.
    async fn unread_count(&self, actor: &Actor) -> Result<u64, StoreError>;
    /// At most `limit` that are unread, of what happened up to that time.
    async fn unread(&self, actor: &Actor, until: Moment, limit: u64) -> Result<Vec<NotificationId>, StoreError>;
    /// What the actor chose; kinds that they left alone are absent.
    async fn chosen(&self, actor: &Actor) -> Result<BTreeMap<NotificationKind, bool>, StoreError>;
}

/// Whom things concern. Each method MUST take a fixed number of statements and leave out who may not log in.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Audience: Send + Sync {
    /// Whom these tickets concern, and these others; those that are gone are left out.
    async fn of_tickets(
        &self,
        organization: OrganizationId,
        tickets: &[TicketId],
        others: &[UserId],
    ) -> Result<HashMap<TicketId, TicketAudience>, StoreError>;
    /// Whom these work orders concern; those that are gone are left out.
    async fn of_work_orders(
        &self,
        organization: OrganizationId,
        orders: &[WorkOrderId],
    ) -> Result<HashMap<WorkOrderId, WorkAudience>, StoreError>;
    /// Coordinators and admins.
    async fn who_hands_out(&self, organization: OrganizationId) -> Result<Vec<UserId>, StoreError>;
    /// Everybody of these roles; none of none.
    async fn of_roles(&self, organization: OrganizationId, roles: &[Role]) -> Result<Vec<UserId>, StoreError>;
    /// The staff who asked for notifications of a kind that nobody gets unasked.
    async fn asking_for(&self, organization: OrganizationId, kind: NotificationKind) -> Result<Vec<UserId>, StoreError>;
}
