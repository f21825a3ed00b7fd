//! Figures over tickets: whole, and with everything else on the dashboard.

use helpdesk_domain::analytics::{DashboardReport, Flow, TicketFigures, TicketReport};
use helpdesk_domain::taxonomy::TagBrief;
use helpdesk_domain::ticket::UserBrief;
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::{Compliance, DateRange, DurationFigures, FlowFigures, Named, OpenTickets, SeriesDay, Totals};
use super::users::UserTotals;
use super::work_orders::WorkTotals;
use crate::dialect::v1::say::Shows;
use crate::dialect::v1::shape::Key;
use crate::gate::Seen;

/// Tickets of one priority.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfPriority {
    /// The priority's word; none before approval.
    pub priority: Option<String>,
    /// What happened to them.
    #[serde(flatten)]
    pub figures: FlowFigures,
}

/// Tickets of one category.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfCategory<K: Key> {
    /// The category; none for those without one.
    pub category: Option<Named<K>>,
    /// What happened to them.
    #[serde(flatten)]
    pub figures: FlowFigures,
}

/// Tickets with one tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfTag<K: Key> {
    /// The tag.
    pub tag: Named<K>,
    /// What happened to them.
    #[serde(flatten)]
    pub figures: FlowFigures,
}

/// Tickets of one assignee.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfAgent<K: Key> {
    /// The assignee; none for those that nobody has.
    pub agent: Option<Named<K>>,
    /// How many are open at this moment.
    pub open: u64,
    /// What happened to them.
    #[serde(flatten)]
    pub figures: FlowFigures,
}

/// What happened to tickets; by what they are now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketAnalytics)]
pub struct Tickets<K: Key> {
    /// Which days.
    pub date_range: DateRange,
    /// Whose days: the organization's zone.
    pub time_zone: String,
    /// All days together.
    pub totals: Totals,
    /// What is open at this moment.
    pub open: OpenTickets,
    /// Day by day.
    pub series: Vec<SeriesDay>,
    /// From submission to the first public answer of staff.
    pub first_response_time: DurationFigures,
    /// From submission to resolution.
    pub resolution_time: DurationFigures,
    /// Deadlines that were kept.
    pub sla: Compliance,
    /// By priority, least urgent first.
    pub by_priority: Vec<OfPriority>,
    /// By category.
    pub by_category: Vec<OfCategory<K>>,
    /// By assignee.
    pub by_agent: Vec<OfAgent<K>>,
    /// By tag; a ticket counts for each of its tags.
    pub by_tag: Vec<OfTag<K>>,
}

impl<K: Key> Shows<TicketReport> for Tickets<K> {
    fn show(report: &TicketReport, _: &Seen<'_>) -> Self {
        let TicketReport { span, figures } = report;
        let total = figures.total();
        Self {
            date_range: DateRange::from(*span),
            time_zone: span.zone.name().to_owned(),
            totals: Totals::new(&total, figures.backlog),
            open: OpenTickets::new(&figures.standing, K::VOICE),
            series: report.series().into_iter().map(SeriesDay::from).collect(),
            first_response_time: DurationFigures::from(&total.answers),
            resolution_time: DurationFigures::from(&total.resolutions),
            sla: Compliance::from(&total),
            by_priority: by_priority::<K>(figures),
            by_category: by_category(figures),
            by_agent: by_agent(figures),
            by_tag: by_tag(figures),
        }
    }
}

/// What happened at the desk.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DashboardAnalytics)]
pub struct Dashboard<K: Key> {
    /// Which days.
    pub date_range: DateRange,
    /// Whose days: the organization's zone.
    pub time_zone: String,
    /// Tickets, all days together.
    pub tickets: Totals,
    /// Tickets that are open at this moment.
    pub open: OpenTickets,
    /// Tickets, day by day.
    pub series: Vec<SeriesDay>,
    /// From submission to the first public answer of staff.
    pub first_response_time: DurationFigures,
    /// From submission to resolution.
    pub resolution_time: DurationFigures,
    /// Deadlines that were kept.
    pub sla: Compliance,
    /// Tickets by priority, least urgent first.
    pub by_priority: Vec<OfPriority>,
    /// Tickets by category.
    pub by_category: Vec<OfCategory<K>>,
    /// Tickets by assignee.
    pub agents: Vec<OfAgent<K>>,
    /// Work on site.
    pub work_orders: WorkTotals,
    /// Accounts.
    pub users: UserTotals,
}

impl<K: Key> Shows<DashboardReport> for Dashboard<K> {
    fn show(report: &DashboardReport, _: &Seen<'_>) -> Self {
        let DashboardReport { tickets, work_orders, people } = report;
        let TicketReport { span, figures } = tickets;
        let total = figures.total();
        Self {
            date_range: DateRange::from(*span),
            time_zone: span.zone.name().to_owned(),
            tickets: Totals::new(&total, figures.backlog),
            open: OpenTickets::new(&figures.standing, K::VOICE),
            series: tickets.series().into_iter().map(SeriesDay::from).collect(),
            first_response_time: DurationFigures::from(&total.answers),
            resolution_time: DurationFigures::from(&total.resolutions),
            sla: Compliance::from(&total),
            by_priority: by_priority::<K>(figures),
            by_category: by_category(figures),
            agents: by_agent(figures),
            work_orders: WorkTotals::from(work_orders),
            users: UserTotals::from(people),
        }
    }
}

/// What a voice says with one word is one.
fn by_priority<K: Key>(figures: &TicketFigures) -> Vec<OfPriority> {
    let mut words: Vec<(Option<&str>, Flow)> = Vec::new();
    for (priority, flow) in &figures.by_priority {
        let word = K::VOICE.priority_word(*priority);
        match words.iter_mut().find(|(known, _)| *known == word) {
            Some((_, sum)) => sum.add(flow),
            None => words.push((word, flow.clone())),
        }
    }
    let show = |(word, flow): (Option<&str>, Flow)| OfPriority { priority: word.map(str::to_owned), figures: (&flow).into() };
    words.into_iter().map(show).collect()
}

fn by_category<K: Key>(figures: &TicketFigures) -> Vec<OfCategory<K>> {
    let rows = figures.by_category.iter().map(|(category, flow)| OfCategory {
        category: category.as_ref().map(|category| Named::new(category.id.0, category.serial, &category.name)),
        figures: flow.into(),
    });
    rows.collect()
}

fn by_tag<K: Key>(figures: &TicketFigures) -> Vec<OfTag<K>> {
    let named = |tag: &TagBrief| Named::new(tag.id.0, tag.serial, &tag.name);
    figures.by_tag.iter().map(|(tag, flow)| OfTag { tag: named(tag), figures: flow.into() }).collect()
}

/// Assignees to whose tickets something happened, and those who have open ones.
pub fn by_agent<K: Key>(figures: &TicketFigures) -> Vec<OfAgent<K>> {
    let rows = figures.workload();
    let show = |(agent, open, flow): (Option<UserBrief>, u64, Flow)| OfAgent {
        agent: agent.map(|agent| Named::new(agent.id.0, agent.serial, agent.name())),
        open,
        figures: (&flow).into(),
    };
    rows.into_iter().map(show).collect()
}
