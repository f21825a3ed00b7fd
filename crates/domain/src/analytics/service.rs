//! The use cases of figures.

use std::sync::Arc;

use super::port::AnalyticsReader;
use super::{AnalyticsError, DashboardReport, Edge, PeopleReport, PerformanceReport, Span, TicketReport, WorkReport, policy};
use crate::identity::port::OrganizationRepository;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::zone::Zone;
use crate::ticket::command::FindTickets;
use crate::ticket::{TicketError, Tickets};

/// What the use cases of figures need from outside.
#[derive(Clone)]
pub struct Analytics {
    /// Figures.
    pub reader: Arc<dyn AnalyticsReader>,
    /// Looks up what filters refer to.
    pub tickets: Tickets,
    /// Organizations and their time zones.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Which figures are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of so many days until today: `7d`, `30d`, `90d` or `1y`.
    pub range: Option<String>,
    /// From this day on.
    pub from: Option<Edge>,
    /// To this day, it included.
    pub to: Option<Edge>,
    /// Of these tickets only.
    pub filters: FindTickets,
}

type Result<T> = std::result::Result<T, AnalyticsError>;

impl Analytics {
    /// What happened at the desk; for staff.
    pub async fn dashboard(&self, actor: &Actor, wanted: Wanted) -> Result<DashboardReport> {
        let tickets = self.report(actor, wanted, false).await?;
        let work_orders = self.reader.work_orders(actor.organization, tickets.span, self.clock.now()).await?;
        let people = self.reader.people(actor.organization, tickets.span).await?;
        Ok(DashboardReport { tickets, work_orders, people })
    }

    /// What happened to tickets; for staff.
    pub async fn tickets(&self, actor: &Actor, wanted: Wanted) -> Result<TicketReport> {
        self.report(actor, wanted, true).await
    }

    async fn report(&self, actor: &Actor, wanted: Wanted, by_tag: bool) -> Result<TicketReport> {
        let now = self.clock.now();
        let span = self.span(actor, &wanted, now).await?;
        let filter = self.tickets.query(actor, wanted.filters).await.map_err(in_filters)?.filter;
        let figures = self.reader.tickets(actor.organization, span, &filter, by_tag, now).await?;
        Ok(TicketReport { span, figures })
    }

    /// What was done on site; for staff.
    pub async fn work_orders(&self, actor: &Actor, wanted: Wanted) -> Result<WorkReport> {
        let now = self.clock.now();
        let span = self.span(actor, &wanted, now).await?;
        let figures = self.reader.work_orders(actor.organization, span, now).await?;
        Ok(WorkReport { span, figures })
    }

    /// Who uses the desk; for staff.
    pub async fn people(&self, actor: &Actor, wanted: Wanted) -> Result<PeopleReport> {
        let span = self.span(actor, &wanted, self.clock.now()).await?;
        let figures = self.reader.people(actor.organization, span).await?;
        Ok(PeopleReport { span, figures })
    }

    /// How well the desk works; for staff.
    pub async fn performance(&self, actor: &Actor, wanted: Wanted) -> Result<PerformanceReport> {
        let tickets = self.report(actor, wanted, false).await?;
        let system = self.reader.system(actor.organization, self.clock.now()).await?;
        Ok(PerformanceReport { tickets, system })
    }

    /// The days that are meant, in the zone of the actor's organization.
    async fn span(&self, actor: &Actor, wanted: &Wanted, now: Moment) -> Result<Span> {
        policy::may_see(actor)?;
        let organization = self.organizations.get(actor.organization).await?;
        let zone = Zone::named(&organization.map(|organization| organization.time_zone).unwrap_or_default());
        Ok(Span::of(zone, wanted.range.as_deref(), wanted.from, wanted.to, now)?)
    }
}

/// What is wrong with a part of the filters is wrong with the filters.
fn in_filters(error: TicketError) -> AnalyticsError {
    match error {
        TicketError::Invalid(violations) => AnalyticsError::Invalid(violations.inside("filters")),
        other => other.into(),
    }
}
