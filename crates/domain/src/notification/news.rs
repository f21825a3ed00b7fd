//! What happens, told in the desk: a reader of the event log.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_trait::async_trait;

use super::concerned::{is_news, told_of_ticket, told_of_work};
use super::port::Audience;
use super::{Message, Notification, NotificationKind, TicketAudience, WorkAudience};
use crate::event::{Happened, Projection, Recorded, Subject};
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

    async fn project(&self, organization: OrganizationId, events: &[Recorded]) -> Result<Vec<Write>, StoreError> {
        let mut news: Vec<&Recorded> = events.iter().filter(|recorded| is_news(&recorded.event.happened)).collect();
        let others = self.others(organization, &mut news).await?;
        let tickets = self.tickets(organization, &news, &others).await?;
        let orders = self.work_orders(organization, &news).await?;
        let told = news.into_iter().flat_map(|recorded| match recorded.event.subject {
            Subject::Ticket(ticket) => tickets.get(&ticket).map_or_else(Vec::new, |audience| self.of_ticket(recorded, audience)),
            Subject::WorkOrder(order) => orders.get(&order).map_or_else(Vec::new, |audience| self.of_work(recorded, audience)),
            _ => Vec::new(),
        });
        Ok(told.map(|notification| Write::AddNotification(Box::new(notification))).collect())
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

    /// Who may be told besides those that things belong to. New tickets that nobody asked for are news no more.
    async fn others(&self, organization: OrganizationId, news: &mut Vec<&Recorded>) -> Result<Vec<UserId>, StoreError> {
        let is_new = |recorded: &&Recorded| matches!(recorded.event.happened, Happened::TicketCreated { .. });
        let is_deadline =
            |recorded: &&Recorded| matches!(recorded.event.happened, Happened::SlaWarned { .. } | Happened::SlaBreached { .. });
        let mut others = Vec::new();
        if news.iter().any(is_new) {
            others = self.audience.asking_for(organization, NotificationKind::TicketCreated).await?;
            news.retain(|recorded| !others.is_empty() || !is_new(recorded));
        }
        // A deadline is somebody's business also while nobody works on the ticket.
        if news.iter().any(is_deadline) {
            others.extend(self.audience.who_hands_out(organization).await?);
        }
        let mut roles = Vec::new();
        for recorded in news {
            match &recorded.event.happened {
                Happened::CommentAdded { mentions, .. } => others.extend(mentions),
                Happened::TicketNotified { users, roles: all, .. } => {
                    others.extend(users);
                    roles.extend(all);
                }
                _ => {}
            }
        }
        if !roles.is_empty() {
            others.extend(self.audience.of_roles(organization, &roles).await?);
        }
        Ok(others)
    }

    async fn tickets(
        &self,
        organization: OrganizationId,
        news: &[&Recorded],
        others: &[UserId],
    ) -> Result<HashMap<TicketId, TicketAudience>, StoreError> {
        let of_ticket = |recorded: &&Recorded| if let Subject::Ticket(id) = recorded.event.subject { Some(id) } else { None };
        let tickets: BTreeSet<TicketId> = news.iter().filter_map(of_ticket).collect();
        let tickets: Vec<TicketId> = tickets.into_iter().collect();
        if tickets.is_empty() { Ok(HashMap::new()) } else { self.audience.of_tickets(organization, &tickets, others).await }
    }

    async fn work_orders(
        &self,
        organization: OrganizationId,
        news: &[&Recorded],
    ) -> Result<HashMap<WorkOrderId, WorkAudience>, StoreError> {
        let of_work = |recorded: &&Recorded| if let Subject::WorkOrder(id) = recorded.event.subject { Some(id) } else { None };
        let orders: BTreeSet<WorkOrderId> = news.iter().filter_map(of_work).collect();
        let orders: Vec<WorkOrderId> = orders.into_iter().collect();
        if orders.is_empty() { Ok(HashMap::new()) } else { self.audience.of_work_orders(organization, &orders).await }
    }

    fn of_ticket(&self, recorded: &Recorded, audience: &TicketAudience) -> Vec<Notification> {
        self.notifications(recorded, &Thing::from(audience), told_of_ticket(&recorded.event, audience))
    }

    fn of_work(&self, recorded: &Recorded, audience: &WorkAudience) -> Vec<Notification> {
        self.notifications(recorded, &Thing::from(audience), told_of_work(&recorded.event, audience))
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

impl From<&TicketAudience> for Thing {
    fn from(audience: &TicketAudience) -> Self {
        Self {
            ticket: Some(audience.ticket.id),
            work_order: None,
            number: crate::ticket::shown_number(audience.ticket.number),
            title: audience.ticket.title.clone(),
            priority: audience.priority.unwrap_or(Priority::Medium),
        }
    }
}

impl From<&WorkAudience> for Thing {
    fn from(audience: &WorkAudience) -> Self {
        Self {
            ticket: None,
            work_order: Some(audience.id),
            number: format!("WO{:04}", audience.number),
            title: audience.title.clone(),
            priority: audience.priority.into(),
        }
    }
}
