//! Giving waiting tickets away.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::port::{RouteRepository, WaitingTickets};
use super::{Route, Router};
use crate::event::port::EventRepository;
use crate::event::{ByRoute, Event, Happened};
use crate::kernel::actor::Sight;
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{DepartmentId, OrganizationId, RouteId, TicketId};
use crate::sandbox::port::OrganizationTimes;
use crate::taxonomy::port::TaxonomyRepository;
use crate::ticket::port::{TicketRepository, Viewer};
use crate::ticket::{Swap, Ticket, TicketChange};
use crate::work::{Changes, UnitOfWork, Write};

/// How many tickets of an organization are looked at in one round.
const BATCH: u64 = 100;
/// How often a claim that came too late is decided again before others have their turn.
const ATTEMPTS: usize = 5;
/// About how many tickets that nobody could take are given away in one round.
const TAKEN_UP: usize = 200;

/// Gives waiting tickets to people, by the routes of their organizations. Any number of replicas may: of those who give
/// the same ticket away, its revision lets one, and the store keeps what people bear.
pub struct Dispatcher {
    /// Which tickets wait.
    pub waiting: Arc<dyn WaitingTickets>,
    /// Which routes there are.
    pub routes: Arc<dyn RouteRepository>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// What departments are called.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// How far organizations have come.
    pub events: Arc<dyn EventRepository>,
    /// Who finds somebody.
    pub router: Router,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How far organizations are ahead of it.
    pub times: Arc<dyn OrganizationTimes>,
    /// Where the log of organizations stood when nobody could take anything more: until it grows nobody can.
    pub in_vain: HashMap<OrganizationId, i64>,
}

impl Dispatcher {
    /// Looks by which route tickets go, and gives them to who can take them; answers whether there may be more.
    pub async fn place(&self) -> Result<bool, StoreError> {
        let organizations = self.waiting.unplaced_in().await?;
        let mut failed = None;
        for organization in &organizations {
            match self.place_in(*organization).await {
                Ok(()) => {}
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                // Not the others' fault: it is told of when they have had their turn.
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(!organizations.is_empty()), Err)
    }

    /// The same in one organization.
    pub(super) async fn place_in(&self, organization: OrganizationId) -> Result<(), StoreError> {
        let mut routes = self.routes.routes(organization).await?;
        for ticket in self.waiting.unplaced(organization, BATCH).await? {
            self.place_one(organization, &mut routes, ticket).await?;
        }
        Ok(())
    }

    /// Gives tickets that nobody could take to who can by now.
    pub async fn take_up(&mut self) -> Result<(), StoreError> {
        let mut failed = None;
        for organization in self.waiting.waiting_in().await? {
            match self.take_up_unless_in_vain(organization).await {
                Ok(()) => {}
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    async fn take_up_unless_in_vain(&mut self, organization: OrganizationId) -> Result<(), StoreError> {
        let position = self.events.last_position(organization).await?;
        if self.in_vain.get(&organization) != Some(&position) && self.take_up_in(organization).await? {
            // What was given away made the log grow: the next round finds that nobody can take more.
            self.in_vain.insert(organization, position);
        }
        Ok(())
    }

    /// Answers whether all were looked at.
    async fn take_up_in(&self, organization: OrganizationId) -> Result<bool, StoreError> {
        let (mut stuck, mut taken_up) = (HashSet::new(), 0);
        while taken_up < TAKEN_UP {
            // Before the tickets: one that is changed meanwhile is not kept, and the tickets are looked at again.
            let routes = self.routes.routes(organization).await?;
            let routes: HashMap<RouteId, Route> = routes.into_iter().map(|route| (route.id, route)).collect();
            let next = self.waiting.next(organization).await?;
            let open: Vec<_> = next.into_iter().filter(|(route, _)| !stuck.contains(route)).collect();
            if open.is_empty() {
                return Ok(true);
            }
            for (id, ticket) in open {
                let goes_on = match routes.get(&id) {
                    Some(route) => self.give_next(organization, route, ticket).await?,
                    None => false,
                };
                if goes_on {
                    taken_up += 1;
                } else {
                    stuck.insert(id);
                }
            }
        }
        Ok(false)
    }

    /// Gives away the next ticket of a route; answers whether to look for its next again.
    async fn give_next(&self, organization: OrganizationId, route: &Route, ticket: TicketId) -> Result<bool, StoreError> {
        let wanted = route.assignment();
        let agents = self.router.agents.agents(organization, &wanted.pool).await?;
        if !agents.iter().any(|agent| agent.can_take(&wanted.skills)) {
            return Ok(false);
        }
        let Some(mut ticket) = self.wanting(organization, ticket).await? else { return Ok(true) };
        let now = self.clock.real() + self.times.ahead(organization).await?;
        let (changes, given) = self.by_route(&mut ticket, route, now).await?;
        if !given {
            return Ok(false);
        }
        match self.work.commit(changes).await {
            // Somebody was quicker, or the route is another by now: it is decided again.
            Err(error) if Router::is_lost(&error) => Ok(true),
            done => done.map(|()| true),
        }
    }

    /// Looks by which route the ticket goes; what comes too late each time has its turn again later.
    async fn place_one(&self, organization: OrganizationId, routes: &mut Vec<Route>, ticket: TicketId) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let Some(ticket) = self.wanting(organization, ticket).await? else { return Ok(()) };
            let changes = self.placing(ticket, routes).await?;
            match self.work.commit(changes).await {
                Err(error) if Router::is_lost(&error) => *routes = self.routes.routes(organization).await?,
                done => return done,
            }
        }
        Ok(())
    }

    async fn placing(&self, mut ticket: Ticket, routes: &[Route]) -> Result<Changes, StoreError> {
        let id = ticket.id;
        let Some(route) = Route::of(&ticket, routes) else {
            return Ok(Changes::of(ticket.organization).with(Write::CeaseWaiting(id), []));
        };
        let ahead = self.times.ahead(ticket.organization).await?;
        // the time of a sandbox leaps: a ticket is placed there when it began to wait
        let now = if ahead.is_zero() { self.clock.real() } else { ticket.updated_at };
        Ok(self.by_route(&mut ticket, route, now).await?.0)
    }

    /// The ticket, if it still wants somebody.
    async fn wanting(&self, organization: OrganizationId, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let found = self.tickets.find(Viewer { organization, sight: Sight::All }, &id.into()).await?;
        let Some(ticket) = found else { return Ok(None) };
        if ticket.assignee.is_none() && ticket.status.is_active() {
            return Ok(Some(ticket));
        }
        // A person was quicker.
        match self.work.commit(Changes::of(organization).with(Write::CeaseWaiting(id), [])).await {
            Err(error) if !Router::is_lost(&error) => Err(error),
            _ => Ok(None),
        }
    }

    /// What the route does with the ticket, and whether it gives it to somebody.
    async fn by_route(&self, ticket: &mut Ticket, route: &Route, now: Moment) -> Result<(Changes, bool), StoreError> {
        let mut happened = self.file(ticket, route.department, now).await?;
        let claim = self.router.claim(ticket, &route.assignment(), now).await?;
        let given = claim.is_some();
        let (assigned, guards) = claim.map(|claim| (claim.happened, claim.guards)).unzip();
        happened.extend(assigned);
        // First of all, so that of those who give it away at once, and of a person who takes it, one is there first.
        let id = ticket.id;
        let ends = if given { Write::CeaseWaiting(id) } else { Write::AwaitBy(id, route.id, route.revision) };
        let mut changes = Changes::of(ticket.organization).with(ends, []).with(Write::KeepRoute(route.id, route.revision), []);
        if !happened.is_empty() {
            let by = ByRoute { id: route.id, name: route.name.to_string() };
            let told = |happened| Event::of_route(ticket, by.clone(), now, happened);
            let events: Vec<Event> = happened.into_iter().map(told).collect();
            changes = changes.with(Write::SaveTicket(Box::new(ticket.clone())), events);
        }
        Ok((guards.into_iter().flatten().fold(changes, |changes, guard| changes.with(guard, [])), given))
    }

    /// Gives the ticket the department of its route.
    async fn file(&self, ticket: &mut Ticket, to: Option<DepartmentId>, now: Moment) -> Result<Vec<Happened>, StoreError> {
        let Some(to) = to.filter(|to| ticket.department != Some(*to)) else { return Ok(Vec::new()) };
        let organization = ticket.organization;
        let Some(department) = self.taxonomy.department(organization, &to.into()).await? else { return Ok(Vec::new()) };
        let old_name = match ticket.department {
            Some(old) => self.taxonomy.department(organization, &old.into()).await?.map(|old| old.name.into()),
            None => None,
        };
        let swap = Swap { old_name, new: Some((to, department.name.into())) };
        let changes = ticket.change(TicketChange { department: Some(swap), ..TicketChange::default() }, now);
        Ok(if changes.is_empty() { Vec::new() } else { vec![Happened::TicketUpdated { changes }] })
    }
}
