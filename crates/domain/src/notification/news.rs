//! What happens, told in the desk: a reader of the event log.

use std::sync::Arc;

use async_trait::async_trait;

use super::port::Audience;
use super::{Message, Notification, NotificationKind, TicketAudience};
use crate::event::{Event, Happened, Projection, Recorded, Subject};
use crate::kernel::clock::Ids;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{NotificationId, OrganizationId, TicketId, UserId};
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
        for recorded in events {
            let told = self.notifications(recorded).await?;
            writes.extend(told.into_iter().map(|notification| Write::AddNotification(Box::new(notification))));
        }
        Ok(writes)
    }
}

impl NotificationNews {
    /// The name of its place in the log.
    pub const CONSUMER: &'static str = "notification";

    async fn notifications(&self, recorded: &Recorded) -> Result<Vec<Notification>, StoreError> {
        let event = &recorded.event;
        let Subject::Ticket(ticket) = event.subject else { return Ok(Vec::new()) };
        if !is_news(&event.happened) {
            return Ok(Vec::new());
        }
        let Some(audience) = self.audience(event, ticket).await? else { return Ok(Vec::new()) };
        let told = told(event, &audience).into_iter();
        Ok(told.map(|(user, message)| self.notification(recorded, &audience, user, &message)).collect())
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
            _ => Vec::new(),
        };
        self.audience.of_ticket(event.organization, ticket, &others).await
    }

    fn notification(&self, recorded: &Recorded, audience: &TicketAudience, user: UserId, message: &Message) -> Notification {
        let event = &recorded.event;
        Notification {
            id: NotificationId(self.ids.next()),
            event: recorded.id,
            user,
            kind: message.kind(),
            priority: message.priority(audience.priority),
            title: message.title(&audience.ticket),
            message: message.sentence(&event.actor_name, &audience.ticket),
            ticket: Some(audience.ticket.id),
            is_internal: event.is_internal(),
            created_at: event.at,
        }
    }
}

/// Whether anybody may be told of it; asked before the ticket is looked up.
fn is_news(happened: &Happened) -> bool {
    match happened {
        Happened::TicketCreated { .. } | Happened::TicketStatusChanged { .. } | Happened::CommentAdded { .. } => true,
        Happened::TicketAssigned { to, .. } => to.is_some(),
        _ => false,
    }
}

/// Who is told what of an event: nobody what they did themselves, what they may not see or do not want, nor twice.
pub(super) fn told(event: &Event, audience: &TicketAudience) -> Vec<(UserId, Message)> {
    let mut told: Vec<(UserId, Message)> = Vec::new();
    for (user, message) in concerned(event, audience) {
        let is_actor = event.actor == Some(user);
        let is_told = told.iter().any(|(other, _)| *other == user);
        if !is_actor && !is_told && audience.hears(user, message.kind(), event.is_internal()) {
            told.push((user, message));
        }
    }
    told
}

/// Whom an event concerns, and how; what concerns somebody most comes first.
fn concerned(event: &Event, audience: &TicketAudience) -> Vec<(UserId, Message)> {
    let of_ticket = || std::iter::once(audience.requester).chain(audience.assignee);
    match &event.happened {
        Happened::TicketCreated { .. } => {
            let staff = audience.people.iter().filter(|person| person.role.is_staff());
            staff.map(|person| (person.user, Message::Created)).collect()
        }
        Happened::TicketAssigned { to: Some(to), .. } => {
            let still_theirs = audience.assignee.filter(|assignee| *assignee == to.id);
            still_theirs.map(|user| (user, Message::Assigned)).into_iter().collect()
        }
        Happened::TicketStatusChanged { to, .. } => of_ticket().map(|user| (user, Message::StatusChanged { to: *to })).collect(),
        Happened::CommentAdded { mentions, is_internal, .. } => {
            let mentioned = mentions.iter().map(|user| (*user, Message::Mentioned));
            mentioned.chain(of_ticket().map(|user| (user, Message::Replied { is_internal: *is_internal }))).collect()
        }
        _ => Vec::new(),
    }
}
