//! Routes: which tickets go where.

use std::ops::Deref;

use super::{Assignment, Pool, Skills, Strategy};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, OrganizationId, Revision, RouteId, UserId};
use crate::kernel::text::Label;
use crate::ticket::TicketState;

/// Which tickets a route is for: what it names must be the ticket's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// In this category.
    pub category: Option<CategoryId>,
    /// Of this department.
    pub department: Option<DepartmentId>,
}

impl Match {
    /// How specific it is for that ticket: how much it names; none when something is not the ticket's.
    pub fn matched(&self, ticket: &TicketState) -> Option<usize> {
        let Self { category, department } = self;
        let named = [category.map(|id| ticket.category == Some(id)), department.map(|id| ticket.department == Some(id))];
        let named: Vec<bool> = named.into_iter().flatten().collect();
        named.iter().all(|holds| *holds).then_some(named.len())
    }
}

/// All that is kept of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteState {
    /// Identity.
    pub id: RouteId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: Label,
    /// Of routes that are as specific, the lowest wins.
    pub position: i64,
    /// Whether tickets go by it.
    pub is_active: bool,
    /// Which tickets it is for.
    pub matches: Match,
    /// The department that the ticket gets; none to leave it as it is.
    pub department: Option<DepartmentId>,
    /// How somebody is chosen.
    pub strategy: Strategy,
    /// What they must be able to do.
    pub skills: Skills,
    /// Among whom; the members of the department when empty.
    pub agents: Vec<UserId>,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A route. Changed as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route(RouteState);

impl Deref for Route {
    type Target = RouteState;

    fn deref(&self) -> &RouteState {
        &self.0
    }
}

impl RouteState {
    /// The department whose members are asked, where nobody is named: the one that the ticket gets, else the one that it
    /// is of.
    pub fn members_of(&self) -> Option<DepartmentId> {
        self.department.or(self.matches.department)
    }
}

impl Route {
    /// A route, new or as it was stored.
    pub fn restored(state: RouteState) -> Self {
        Self(state)
    }

    /// Puts another state in the place of this one; tells whether anything is otherwise now.
    pub fn become_like(&mut self, state: RouteState, now: Moment) -> bool {
        if self.0 == state {
            return false;
        }
        self.0 = RouteState { updated_at: now, ..state };
        true
    }

    /// Whether it sends tickets elsewhere than it did. Its name does not, and whom its strategy chooses is seen when it does.
    pub fn leads_elsewhere(&self, than: &RouteState) -> bool {
        let leads = |route: &RouteState| (route.position, route.is_active, route.matches, route.department);
        leads(&self.0) != leads(than) || self.skills != than.skills || self.agents != than.agents
    }

    /// By which strategy, and among whom, its tickets are given away.
    pub fn assignment(&self) -> Assignment {
        let named = Pool::Named(self.agents.clone());
        let pool = self.members_of().filter(|_| self.agents.is_empty()).map_or(named, Pool::Department);
        Assignment { turn: self.id.0, strategy: self.strategy, pool, skills: self.skills.clone() }
    }

    /// The route of a ticket: of those that are active and for it the most specific, of these the first in the list.
    /// `routes` come by position.
    pub fn of<'a>(ticket: &TicketState, routes: &'a [Self]) -> Option<&'a Self> {
        let mut best: Option<(usize, &Self)> = None;
        for route in routes.iter().filter(|route| route.is_active) {
            if let Some(specific) = route.matches.matched(ticket)
                && best.is_none_or(|(most, _)| specific > most)
            {
                best = Some((specific, route));
            }
        }
        best.map(|(_, route)| route)
    }
}
