//! How well the desk works: its people on the days, its machinery at this moment.

use helpdesk_domain::analytics::{PerformanceReport, Queue, SystemFigures, TicketReport};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::{Compliance, DateRange, DurationFigures};
use super::tickets::{OfAgent, by_agent};
use crate::dialect::v1::say::Shows;
use crate::dialect::v1::shape::Key;
use crate::gate::Seen;

/// What waits to be done for the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueDepth {
    /// How many wait; counting stops at 10 000.
    pub waiting: u64,
    /// How many of those have failed at least once.
    pub failing: u64,
    /// For how many seconds the oldest has been waiting.
    pub oldest_seconds: Option<i64>,
}

impl From<Queue> for QueueDepth {
    fn from(queue: Queue) -> Self {
        let Queue { waiting, failing, oldest_seconds } = queue;
        Self { waiting, failing, oldest_seconds }
    }
}

/// What is sent to the world.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queues {
    /// Mails in the outbox.
    pub mail: QueueDepth,
    /// Tickets on their way to the external workflow.
    pub workflow: QueueDepth,
    /// Messages on their way to webhooks.
    pub webhooks: QueueDepth,
}

/// A reader of the event log.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventConsumer {
    /// What it is called.
    pub name: String,
    /// Up to where it has noted to have read; without anything to do that is done every 500 events.
    pub position: i64,
    /// How many events there are behind that.
    pub behind: i64,
}

/// The event log.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventLogFigures {
    /// Its last position.
    pub last_position: i64,
    /// Who reads it.
    pub consumers: Vec<EventConsumer>,
}

/// The database of the installation.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatabaseFigures {
    /// `sqlite` or `postgresql`.
    pub kind: String,
    /// Bytes, of all organizations together.
    pub size_bytes: u64,
}

/// How well the desk works. Figures of requests are at `/metrics`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PerformanceAnalytics)]
pub struct Performance<K: Key> {
    /// Which days.
    pub date_range: DateRange,
    /// Whose days: the organization's zone.
    pub time_zone: String,
    /// From submission to the first public answer of staff.
    pub first_response_time: DurationFigures,
    /// From submission to resolution.
    pub resolution_time: DurationFigures,
    /// Deadlines that were kept.
    pub sla: Compliance,
    /// By assignee.
    pub agents: Vec<OfAgent<K>>,
    /// What waits to be sent, at this moment.
    pub queues: Queues,
    /// The event log, at this moment.
    pub events: EventLogFigures,
    /// The database, at this moment.
    pub database: DatabaseFigures,
}

impl<K: Key> Shows<PerformanceReport> for Performance<K> {
    fn show(report: &PerformanceReport, _: &Seen<'_>) -> Self {
        let PerformanceReport { tickets: TicketReport { span, figures }, system } = report;
        let total = figures.total();
        Self {
            date_range: DateRange::from(*span),
            time_zone: span.zone.name().to_owned(),
            first_response_time: DurationFigures::from(&total.answers),
            resolution_time: DurationFigures::from(&total.resolutions),
            sla: Compliance::from(&total),
            agents: by_agent(figures),
            queues: Queues { mail: system.mail.into(), workflow: system.workflow.into(), webhooks: system.webhooks.into() },
            events: events(system),
            database: DatabaseFigures { kind: system.database.to_owned(), size_bytes: system.database_bytes },
        }
    }
}

fn events(system: &SystemFigures) -> EventLogFigures {
    let consumers = system.consumers.iter().map(|consumer| EventConsumer {
        name: consumer.name.clone(),
        position: consumer.position,
        behind: (system.last_position - consumer.position).max(0),
    });
    EventLogFigures { last_position: system.last_position, consumers: consumers.collect() }
}
