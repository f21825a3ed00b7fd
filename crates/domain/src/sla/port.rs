//! What service levels need from outside.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Book, Calendar, CalendarView, Policy, PolicyView};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId};
use crate::kernel::page::{Page, PageRequest};

/// What a list of policies or calendars is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlaOrder {
    /// By position; calendars have none and go by name.
    #[default]
    Position,
    /// By name.
    Name,
    /// By when they were written.
    CreatedAt,
}

/// Which policies or calendars, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlaQuery {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// Sorted by.
    pub order: SlaOrder,
    /// The other way round.
    pub descending: bool,
}

/// Stored policies and calendars. Each is found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SlaRepository: Send + Sync {
    /// All that the organization promises.
    async fn book(&self, organization: OrganizationId) -> Result<Arc<Book>, StoreError>;
    /// The calendar that is meant.
    async fn calendar(&self, organization: OrganizationId, calendar: &Reference) -> Result<Option<Calendar>, StoreError>;
    /// The policy that is meant.
    async fn policy(&self, organization: OrganizationId, policy: &Reference) -> Result<Option<Policy>, StoreError>;
    /// The calendar, shown.
    async fn calendar_view(&self, organization: OrganizationId, calendar: &Reference)
    -> Result<Option<CalendarView>, StoreError>;
    /// The policy, shown.
    async fn policy_view(&self, organization: OrganizationId, policy: &Reference) -> Result<Option<PolicyView>, StoreError>;
    /// A part of the calendars.
    async fn calendars(
        &self,
        organization: OrganizationId,
        query: &SlaQuery,
        page: &PageRequest,
    ) -> Result<Page<CalendarView>, StoreError>;
    /// A part of the policies.
    async fn policies(
        &self,
        organization: OrganizationId,
        query: &SlaQuery,
        page: &PageRequest,
    ) -> Result<Page<PolicyView>, StoreError>;
}

/// Tickets whose clocks want something. Each costs what it answers, however many tickets there are.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ClockQueue: Send + Sync {
    /// At most `limit` tickets with an alarm before that moment, the earliest of each organization first. Those of sandboxes
    /// that are ahead are none: they ring in the order of their times.
    async fn ringing(&self, before: Moment, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError>;
    /// At most `limit` tickets that are not done and were last judged before a policy or calendar of their organization
    /// changed.
    async fn outdated(&self, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError>;
    /// The same, of one organization.
    async fn outdated_in(&self, organization: OrganizationId, limit: u64) -> Result<Vec<TicketId>, StoreError>;
    /// When the first alarm of the organization rings that comes behind `after`, where that is given, and before `until`.
    async fn next_alarm(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Option<Moment>, StoreError>;
    /// At most `limit` tickets of the organization whose alarm rings at just that moment.
    async fn alarms_at(&self, organization: OrganizationId, at: Moment, limit: u64) -> Result<Vec<TicketId>, StoreError>;
}
