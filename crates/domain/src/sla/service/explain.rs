//! How the deadlines of a ticket come about.

use chrono::TimeDelta;

use super::{Result, ServiceLevels};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::Reference;
use crate::sla::{BusinessCalendar, Clock, ClockView, ExplainedTicket, Pauses, SlaError, Terms, Trace, rights};
use crate::ticket::Ticket;

impl ServiceLevels {
    /// What a ticket is judged by, and what its clocks have counted; for staff.
    pub async fn explain(&self, actor: &Actor, ticket: &Reference) -> Result<ExplainedTicket> {
        let ticket = self.tickets.find(actor.into(), ticket).await?.ok_or(SlaError::NoTicket)?;
        rights::may_see(actor)?;
        let terms = ticket.terms(&*self.levels.book(actor.organization).await?);
        let now = self.clock.now();
        let clocks = ticket.clocks(&terms).map(|clock| view(clock, &ticket, &terms, now));
        let policy = match &terms.policy {
            Some(version) => self.levels.policy_view(actor.organization, &Reference::Id(version.id)).await?,
            None => None,
        };
        let calendar = match &terms.calendar {
            Some(version) => self.levels.calendar_view(actor.organization, &Reference::Id(version.id)).await?,
            None => None,
        };
        let (policy, calendar) = (policy.map(|view| view.serial), calendar.map(|view| view.serial));
        Ok(ExplainedTicket { terms, policy, calendar, clocks })
    }
}

fn view(clock: Clock, ticket: &Ticket, terms: &Terms, now: Moment) -> ClockView {
    let Some(start) = clock.start else {
        return ClockView { clock, state: None, elapsed: TimeDelta::zero(), trace: Trace::default() };
    };
    let always = BusinessCalendar::always();
    let (hours, pauses) = match (clock.is_given, clock.stopped) {
        (true, _) => (&always, Pauses::default()),
        (false, None) => (&terms.hours, ticket.pauses.clone()),
        (false, Some(stopped)) => (&terms.hours, ticket.pauses.until(stopped)),
    };
    let end = clock.stopped.unwrap_or(now);
    // up to the deadline, so that it can be checked; nobody knows it while the clock stands
    let told = if clock.stands.is_some() { None } else { clock.deadline.due.max(Some(end)) };
    ClockView {
        state: clock.deadline.due.map(|_| clock.deadline.status(clock.stopped, clock.stands, now).state),
        elapsed: hours.elapsed(start, end, &pauses),
        trace: hours.trace(start, told, &pauses),
        clock,
    }
}
