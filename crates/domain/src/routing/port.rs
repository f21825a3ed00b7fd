//! What routing needs from outside.

use async_trait::async_trait;
use uuid::Uuid;

use super::{Agent, AgentView, Pool, Route, RouteView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, RouteId, Serial, TicketId, UserId};
use crate::kernel::page::{Page, PageRequest};

/// Whom tickets can be given to, as they stand. Each method MUST take a fixed number of statements, and cost what it answers.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AgentRepository: Send + Sync {
    /// Those of the pool who may be given tickets and may log in, in the order of their integers.
    async fn agents(&self, organization: OrganizationId, pool: &Pool) -> Result<Vec<Agent>, StoreError>;
    /// Who was served last by turn; none when nobody was.
    async fn last_served(&self, organization: OrganizationId, turn: Uuid) -> Result<Option<Serial>, StoreError>;
    /// How somebody is given tickets, shown; none when the organization has no such person.
    async fn agent_view(&self, organization: OrganizationId, user: UserId) -> Result<Option<AgentView>, StoreError>;
}

/// What a list of routes is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteOrder {
    /// By position.
    #[default]
    Position,
    /// By name.
    Name,
    /// By when they were written.
    CreatedAt,
}

/// Which routes, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteQuery {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// Those by which tickets go, or do not go.
    pub is_active: Option<bool>,
    /// Sorted by.
    pub order: RouteOrder,
    /// The other way round.
    pub descending: bool,
}

/// Stored routes, found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RouteRepository: Send + Sync {
    /// All of the organization, by position.
    async fn routes(&self, organization: OrganizationId) -> Result<Vec<Route>, StoreError>;
    /// The route that is meant.
    async fn route(&self, organization: OrganizationId, route: &Reference) -> Result<Option<Route>, StoreError>;
    /// The route, shown.
    async fn route_view(&self, organization: OrganizationId, route: &Reference) -> Result<Option<RouteView>, StoreError>;
    /// A part of the routes.
    async fn route_page(
        &self,
        organization: OrganizationId,
        query: &RouteQuery,
        page: &PageRequest,
    ) -> Result<Page<RouteView>, StoreError>;
}

/// Tickets that wait for somebody. What is asked costs what it answers, however many tickets there are.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait WaitingTickets: Send + Sync {
    /// Organizations with tickets of which nobody has looked yet by which route they go.
    async fn unplaced_in(&self) -> Result<Vec<OrganizationId>, StoreError>;
    /// At most `limit` such tickets, the most urgent first, of these the oldest.
    async fn unplaced(&self, organization: OrganizationId, limit: u64) -> Result<Vec<TicketId>, StoreError>;
    /// Organizations with tickets that nobody could take.
    async fn waiting_in(&self) -> Result<Vec<OrganizationId>, StoreError>;
    /// The next ticket of each route for which any wait.
    async fn next(&self, organization: OrganizationId) -> Result<Vec<(RouteId, TicketId)>, StoreError>;
}
