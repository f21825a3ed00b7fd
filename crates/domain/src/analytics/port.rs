//! What figures need from outside.

use async_trait::async_trait;

use super::{PeopleFigures, Span, SystemFigures, TicketFigures, WorkFigures};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::ticket::TicketFilter;

/// Stored figures. Each method takes a fixed number of statements, and MUST be exact.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AnalyticsReader: Send + Sync {
    /// What happened to the tickets that the filter lets through on those days, by tag too if that is wanted, and what is open
    /// of them now.
    ///
    /// Without a filter the cost MUST grow with the days only. With one it may grow with the tickets that it lets through
    /// and that changed since the first day; too many of those are [`StoreError::Invalid`] on `filters`.
    async fn tickets(
        &self,
        organization: OrganizationId,
        span: Span,
        filter: &TicketFilter,
        by_tag: bool,
        now: Moment,
    ) -> Result<TicketFigures, StoreError>;
    /// The organization's work orders.
    async fn work_orders(&self, organization: OrganizationId, span: Span, now: Moment) -> Result<WorkFigures, StoreError>;
    /// The organization's accounts.
    async fn people(&self, organization: OrganizationId, span: Span) -> Result<PeopleFigures, StoreError>;
    /// What waits to be done for the organization.
    async fn system(&self, organization: OrganizationId, now: Moment) -> Result<SystemFigures, StoreError>;
}
