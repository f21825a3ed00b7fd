//! What field service needs from outside.

use async_trait::async_trait;

use super::{CustomerView, LocationView, Slot, WorkOrderView, WorkPriority, WorkStatus};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{CustomerId, LocationId, OrganizationId, Reference, TicketId, UserId, WorkOrderId};
use crate::kernel::page::{Page, PageRequest};
use crate::search::SearchText;
use crate::ticket::{AssigneeFilter, HistoryView};

/// Which work orders of the organization somebody sees. A query takes it; nothing is filtered after loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkSight {
    /// All of them.
    All,
    /// Those of one technician.
    AssignedTo(UserId),
}

impl WorkSight {
    /// Whether a work order of this technician is seen.
    pub fn covers(self, technician: Option<UserId>) -> bool {
        match self {
            Self::All => true,
            Self::AssignedTo(user) => technician == Some(user),
        }
    }
}

/// What a list of work orders is sorted by; ties go to the newer one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkOrderSort {
    /// When they were planned.
    #[default]
    CreatedAt,
    /// When they shall begin; those without a time last.
    ScheduledAt,
    /// When they last changed.
    UpdatedAt,
    /// How urgent they are.
    Priority,
    /// Where they are in their life.
    Status,
}

/// Which work orders, in which order; every part that is given must hold. References have been looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkOrderQuery {
    /// In any of these states; empty for all.
    pub statuses: Vec<WorkStatus>,
    /// Of any of these priorities; empty for all.
    pub priorities: Vec<WorkPriority>,
    /// For this customer.
    pub customer: Option<CustomerId>,
    /// At this place.
    pub location: Option<LocationId>,
    /// Of this technician, or of none.
    pub technician: Option<AssigneeFilter>,
    /// From this ticket.
    pub ticket: Option<TicketId>,
    /// Beginning at or after.
    pub scheduled_after: Option<Moment>,
    /// Beginning before.
    pub scheduled_before: Option<Moment>,
    /// With all of these words in title, description, number or the customer's name.
    pub search: Option<SearchText>,
    /// Sorted by.
    pub sort: WorkOrderSort,
    /// The other way round.
    pub descending: bool,
}

/// A work order that takes somebody's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Its number in the organization.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub to: Moment,
}

/// Stored work orders. Each takes a fixed number of statements.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait WorkOrderRepository: Send + Sync {
    /// The work order, if it is seen; by id or serial, or by its number (`WO0001`).
    async fn view(
        &self,
        organization: OrganizationId,
        sight: WorkSight,
        order: &Reference,
    ) -> Result<Option<WorkOrderView>, StoreError>;
    /// A part of those that are seen.
    async fn page(
        &self,
        organization: OrganizationId,
        sight: WorkSight,
        query: &WorkOrderQuery,
        page: &PageRequest,
    ) -> Result<Page<WorkOrderView>, StoreError>;
    /// The earliest work order, besides `order`, that takes some of the slot and is neither completed nor cancelled.
    async fn booked(&self, organization: OrganizationId, order: WorkOrderId, slot: &Slot) -> Result<Option<Booking>, StoreError>;
    /// A part of the work order's history, newest first.
    async fn history(
        &self,
        organization: OrganizationId,
        order: WorkOrderId,
        page: &PageRequest,
    ) -> Result<Page<HistoryView>, StoreError>;
}

/// What a list of customers or locations is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SiteSort {
    /// By name.
    #[default]
    Name,
    /// By when they were made.
    CreatedAt,
    /// By when they last changed.
    UpdatedAt,
}

/// Which customers or locations, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteQuery {
    /// Part of a customer's name, address or company; of a location's name, street, town or postal code; in any case.
    pub search: Option<String>,
    /// Locations of this customer; says nothing of customers.
    pub customer: Option<CustomerId>,
    /// Sorted by.
    pub sort: SiteSort,
    /// The other way round.
    pub descending: bool,
}

/// Stored customers; each is found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait CustomerRepository: Send + Sync {
    /// The customer.
    async fn customer(&self, organization: OrganizationId, customer: &Reference) -> Result<Option<CustomerView>, StoreError>;
    /// A part of the customers.
    async fn customers(
        &self,
        organization: OrganizationId,
        query: &SiteQuery,
        page: &PageRequest,
    ) -> Result<Page<CustomerView>, StoreError>;
}

/// Stored locations; each is found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait LocationRepository: Send + Sync {
    /// The location.
    async fn location(&self, organization: OrganizationId, location: &Reference) -> Result<Option<LocationView>, StoreError>;
    /// A part of the locations.
    async fn locations(
        &self,
        organization: OrganizationId,
        query: &SiteQuery,
        page: &PageRequest,
    ) -> Result<Page<LocationView>, StoreError>;
}
