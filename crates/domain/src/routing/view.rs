//! Routing, shown.

use super::{Skills, Strategy};
use crate::kernel::clock::Moment;
use crate::kernel::id::{Revision, RouteId, Serial, UserId};
use crate::taxonomy::{CategoryBrief, DepartmentBrief};

/// A route, shown. Whom it names and who is gone is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteView {
    /// UUID.
    pub id: RouteId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub name: String,
    /// Of routes that are as specific, the lowest wins.
    pub position: i64,
    /// Whether tickets go by it.
    pub is_active: bool,
    /// The category of its tickets.
    pub of_category: Option<CategoryBrief>,
    /// The department of its tickets.
    pub of_department: Option<DepartmentBrief>,
    /// The department that they get.
    pub department: Option<DepartmentBrief>,
    /// How somebody is chosen.
    pub strategy: Strategy,
    /// What they must be able to do.
    pub skills: Skills,
    /// Among whom, in the order of their integers.
    pub agents: Vec<(UserId, Serial)>,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// How somebody is given tickets, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentView {
    /// UUID.
    pub user: UserId,
    /// Integer.
    pub serial: Serial,
    /// The most open tickets that they are given at once; none for no limit.
    pub capacity: Option<i64>,
    /// What they can do.
    pub skills: Skills,
    /// Whether they want any now.
    pub is_available: bool,
    /// How many open tickets they have.
    pub open: i64,
    /// How often it was written.
    pub revision: Revision,
}
