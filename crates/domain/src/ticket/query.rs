//! Which tickets, in which order.

use super::{Priority, Status};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, TagId, UserId};
use crate::search::SearchText;
use crate::sla::SlaState;

/// Which tickets; every part that is given must hold. References have been looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketFilter {
    /// In any of these states; none for all.
    pub statuses: Option<Vec<Status>>,
    /// Of any of these priorities (`None` is a ticket without one); none for all.
    pub priorities: Option<Vec<Option<Priority>>>,
    /// In this category.
    pub category: Option<CategoryId>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// With this assignee, or none.
    pub assignee: Option<AssigneeFilter>,
    /// Asked by.
    pub requester: Option<UserId>,
    /// Created by or assigned to.
    pub involving: Option<UserId>,
    /// With any of these tags; empty for all.
    pub tags: Vec<TagId>,
    /// Created at or after.
    pub created_after: Option<Moment>,
    /// Created before.
    pub created_before: Option<Moment>,
    /// Due at or after.
    pub due_after: Option<Moment>,
    /// Due before.
    pub due_before: Option<Moment>,
    /// In any of these states against their deadline, at that time.
    pub stands: Option<(Vec<SlaState>, Moment)>,
    /// With all of these words in title, description or visible comments.
    pub search: Option<SearchText>,
}

/// Whose tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssigneeFilter {
    /// Somebody's.
    User(UserId),
    /// Nobody's.
    Nobody,
}

/// What tickets are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketSort {
    /// When they were submitted.
    CreatedAt,
    /// When they last changed.
    UpdatedAt,
    /// How urgent they are; none is least.
    Priority,
    /// When they are due; without a deadline last.
    DueDate,
    /// Where they are in their life.
    Status,
    /// How well they match the search; the best of the newest few thousand matches.
    Relevance,
}

/// One level of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketOrder {
    /// By what.
    pub by: TicketSort,
    /// The other way round.
    pub descending: bool,
}

/// Which tickets, in which order; ties go to the newer ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketQuery {
    /// Which.
    pub filter: TicketFilter,
    /// Levels of order; empty for newest first.
    pub order: Vec<TicketOrder>,
}
