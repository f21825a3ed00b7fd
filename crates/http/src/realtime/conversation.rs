//! What goes on around one ticket beside its events: who looks at it, and who writes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytestring::ByteString;
use helpdesk_domain::event::Subject;
use helpdesk_domain::kernel::id::{TicketId, UserId};
use helpdesk_domain::kernel::{Actor, Sight};
use helpdesk_domain::realtime::{Glimpse, Looks};
use helpdesk_domain::ticket::Ticket;
use serde::Serialize;
use serde_json::json;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use super::hub::Hub;
use super::onlookers::{Onlookers, Seen};
use super::push::Push;

/// Somebody's typing is passed on so often at most.
const TYPING: Duration = Duration::from_secs(1);

/// One connection's part in the conversation on a ticket.
pub struct Conversation {
    hub: actix_web::web::Data<Hub>,
    onlookers: Arc<Onlookers>,
    seen: Receiver<Seen>,
    me: Glimpse,
    sight: Sight,
    shown: Option<ByteString>,
    typed: Option<Instant>,
}

#[derive(Serialize)]
struct Person<'a> {
    id: Uuid,
    name: &'a str,
}

impl Conversation {
    /// Somebody looks at the ticket from now on.
    pub fn join(hub: &actix_web::web::Data<Hub>, actor: &Actor, ticket: &Ticket, connection: Uuid) -> Self {
        let onlookers = hub.onlookers(ticket.id);
        let me = Glimpse {
            organization: actor.organization,
            ticket: ticket.id,
            connection,
            user: actor.user,
            name: actor.name.clone(),
            sees_internal: actor.sight().covers_internal(ticket.assignee),
            looks: Looks::Here,
        };
        let seen = onlookers.watch();
        let joined = Self { hub: hub.clone(), onlookers, seen, me, sight: actor.sight(), shown: None, typed: None };
        joined.tell(Looks::Here);
        joined
    }

    /// Says again that they are there; answers who is, if that changed without a word.
    pub fn repeat(&mut self) -> Option<ByteString> {
        self.tell(Looks::Here);
        self.presence()
    }

    /// They write, or stopped to.
    pub fn types(&mut self, is_internal: bool, goes_on: bool) {
        if goes_on && self.typed.is_some_and(|last| last.elapsed() < TYPING) {
            return;
        }
        self.typed = goes_on.then(Instant::now);
        // What customers write is for all.
        self.tell(Looks::Typing { is_internal: is_internal && self.me.sees_internal, goes_on });
    }

    /// What they are told next of the others. Loses nothing when it is dropped while it waits.
    pub async fn next(&mut self) -> ByteString {
        loop {
            let told = match self.seen.recv().await {
                Ok(seen) => self.told(&seen),
                Err(RecvError::Lagged(_)) => self.presence(),
                Err(RecvError::Closed) => std::future::pending().await,
            };
            if let Some(told) = told {
                return told;
            }
        }
    }

    fn told(&mut self, seen: &Seen) -> Option<ByteString> {
        let Seen { glimpse, is_new } = seen;
        if *is_new && glimpse.connection != self.me.connection {
            // Who comes later, through another process, has not heard of those who were there.
            self.tell(Looks::Here);
        }
        match glimpse.looks {
            Looks::Typing { is_internal, goes_on } => self.typing(glimpse, is_internal, goes_on),
            Looks::Here | Looks::Away => self.presence(),
        }
    }

    fn typing(&self, glimpse: &Glimpse, is_internal: bool, goes_on: bool) -> Option<ByteString> {
        if glimpse.user == self.me.user || (is_internal && !self.me.sees_internal) {
            return None;
        }
        let user = Person { id: glimpse.user.0, name: &glimpse.name };
        let told = json!({
            "type": "typing", "ticket": self.me.ticket, "user": user, "is_typing": goes_on, "is_internal": is_internal,
        });
        Some(told.to_string().into())
    }

    /// Who is there, if it is not what was shown last. Those who do not see what stays among staff are not told who of
    /// staff looks at their ticket.
    fn presence(&mut self) -> Option<ByteString> {
        if !self.me.sees_internal {
            return None;
        }
        let present = self.onlookers.present();
        let users: Vec<Person<'_>> = present.iter().map(|(UserId(id), name)| Person { id: *id, name }).collect();
        let told: ByteString = json!({ "type": "presence", "ticket": self.me.ticket, "users": users }).to_string().into();
        if self.shown.as_ref() == Some(&told) {
            return None;
        }
        self.shown = Some(told.clone());
        Some(told)
    }

    /// Takes in an event of the ticket: with its assignee changes who sees what stays among staff.
    pub fn follow(&mut self, push: &Push) {
        let Subject::Ticket(TicketId(_)) = push.told.recorded.event.subject else { return };
        if let Some(ticket) = &push.told.ticket {
            self.me.sees_internal = self.sight.covers_internal(ticket.assignee);
        }
    }

    fn tell(&self, looks: Looks) {
        self.hub.tell(Glimpse { looks, ..self.me.clone() });
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.tell(Looks::Away);
    }
}
