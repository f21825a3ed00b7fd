//! What happens, told in the desk: a reader of the event log.

use std::sync::Arc;

use async_trait::async_trait;

use super::concerned::{is_news, told_of_ticket, told_of_work};
use super::port::Audience;
use super::{Message, Notification, NotificationKind, TicketAudience, WorkAudience};
use crate::event::{Event, Happened, Projection, Recorded, Subject};
use crate::kernel::clock::Ids;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{NotificationId, OrganizationId, TicketId, UserId, WorkOrderId};
use crate::ticket::Priority;
use crate::work::Write;

/// Makes notifications of what happens.
#[derive(Clone)]
pub struct NotificationNews {
    /// Whom things concern.
    pub audience: Arc<dyn Audience>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

#[async_trait]
impl Projection for NotificationNews {
    fn consumer(&self) -> &'static str {
        Self::CONSUMER
    }

    async fn project(&self, _: OrganizationId, events: &[Recorded]) -> Result<Vec<Write>, StoreError> {
        let mut writes = Vec::new();
        for recorded in events.iter().filter(|recorded| is_news(&recorded.event.happened)) {
            let told = match recorded.event.subject {
                Subject::Ticket(ticket) => self.of_ticket(recorded, ticket).await?,
                Subject::WorkOrder(order) => self.of_work(recorded, order).await?,
                _ => Vec::new(),
            };
            writes.extend(told.into_iter().map(|notification| Write::AddNotification(Box::new(notification))));
        }
        Ok(writes)
    }
}

/// What a notification is about.
struct Thing {
    ticket: Option<TicketId>,
    work_order: Option<WorkOrderId>,
    /// As it is shown.
    number: String,
    title: String,
    priority: Priority,
}

impl NotificationNews {
    /// The name of its place in the log.
    pub const CONSUMER: &'static str = "notification";

    async fn of_ticket(&self, recorded: &Recorded, ticket: TicketId) -> Result<Vec<Notification>, StoreError> {
        let Some(audience) = self.audience(&recorded.event, ticket).await? else { return Ok(Vec::new()) };
        let told = told_of_ticket(&recorded.event, &audience);
        Ok(self.notifications(recorded, &Thing::from(audience), told))
    }

    async fn of_work(&self, recorded: &Recorded, order: WorkOrderId) -> Result<Vec<Notification>, StoreError> {
        let found = self.audience.of_work_order(recorded.event.organization, order).await?;
        let Some(audience) = found else { return Ok(Vec::new()) };
        let told = told_of_work(&recorded.event, &audience);
        Ok(self.notifications(recorded, &Thing::from(audience), told))
    }

    /// Whom the event may concern; none when that is nobody, or its ticket is gone.
    async fn audience(&self, event: &Event, ticket: TicketId) -> Result<Option<TicketAudience>, StoreError> {
        let others = match &event.happened {
            Happened::TicketCreated { .. } => {
                let asking = self.audience.asking_for(event.organization, NotificationKind::TicketCreated).await?;
                if asking.is_empty() {
                    return Ok(None);
                }
                asking
            }
            Happened::CommentAdded { mentions, .. } => mentions.clone(),
            // A deadline is somebody's business also while nobody works on the ticket.
            Happened::SlaWarned { .. } | Happened::SlaBreached { .. } => self.audience.who_hands_out(event.organization).await?,
            _ => Vec::new(),
        };
        self.audience.of_ticket(event.organization, ticket, &others).await
    }

    fn notifications(&self, recorded: &Recorded, thing: &Thing, told: Vec<(UserId, Message)>) -> Vec<Notification> {
        let event = &recorded.event;
        let notification = |(user, message): (UserId, Message)| Notification {
            id: NotificationId(self.ids.next()),
            event: recorded.id,
            user,
            kind: message.kind(),
            priority: message.priority(thing.priority),
            title: message.title(&thing.number),
            message: message.sentence(&event.actor_name, &thing.title),
            ticket: thing.ticket,
            work_order: thing.work_order,
            is_internal: event.is_internal(),
            created_at: event.at,
        };
        told.into_iter().map(notification).collect()
    }
}

impl From<TicketAudience> for Thing {
    fn from(audience: TicketAudience) -> Self {
        Self {
            ticket: Some(audience.ticket.id),
            work_order: None,
            number: format!("TX{:04}", audience.ticket.number),
            title: audience.ticket.title,
            priority: audience.priority.unwrap_or(Priority::Medium),
        }
    }
}

impl From<WorkAudience> for Thing {
    fn from(audience: WorkAudience) -> Self {
        Self {
            ticket: None,
            work_order: Some(audience.id),
            number: format!("WO{:04}", audience.number),
            title: audience.title,
            priority: audience.priority.into(),
        }
    }
}
