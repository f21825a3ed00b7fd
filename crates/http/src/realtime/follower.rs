//! One connection's way through the log: from where it stopped, then along with what happens, without gap or double.

use std::collections::VecDeque;
use std::sync::Arc;

use bytestring::ByteString;
use helpdesk_domain::event::Subject;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId, UserId};
use helpdesk_domain::kernel::{Actor, Sight, StoreError};
use helpdesk_domain::realtime::{LiveFeed, Told};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::push::Push;
use super::room::Room;

/// As many events are read from the log at once.
const PART: u64 = 100;

/// Who listens, and to what.
#[derive(Clone, Copy, Debug)]
pub struct Hearing {
    organization: OrganizationId,
    user: UserId,
    sight: Sight,
    ticket: Option<TicketId>,
}

impl Hearing {
    /// Everything that the actor may hear.
    pub fn of(actor: &Actor) -> Self {
        Self { organization: actor.organization, user: actor.user, sight: actor.sight(), ticket: None }
    }

    /// That of one ticket alone.
    pub fn on(self, ticket: TicketId) -> Self {
        Self { ticket: Some(ticket), ..self }
    }

    /// In which organization.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// What they see.
    pub fn sight(&self) -> Sight {
        self.sight
    }

    /// What of a push they are sent.
    fn text<'a>(&self, push: &'a Push) -> Option<&'a ByteString> {
        let told = &push.told;
        let is_meant = self.ticket.is_none_or(|ticket| told.recorded.event.subject == Subject::Ticket(ticket));
        let extent = is_meant.then(|| told.heard_by(self.user, self.sight)).flatten()?;
        push.text(extent)
    }

    /// Whether the one ticket that is listened to is gone, or out of sight, with this event.
    fn loses(&self, told: &Told) -> bool {
        if self.ticket.is_none_or(|ticket| told.recorded.event.subject != Subject::Ticket(ticket)) {
            return false;
        }
        told.ticket.is_none_or(|now| !self.sight.covers(now.requester, now.assignee))
    }
}

/// What a connection gets next.
pub enum Next {
    /// An event: its position and its text.
    Event(i64, ByteString, Arc<Push>),
    /// The ticket is gone, or not theirs to see any more; the last event of it that they may hear, if any.
    Lost(Option<ByteString>),
}

/// One connection's way through the log.
pub struct Follower {
    feed: LiveFeed,
    room: Arc<Room>,
    live: Receiver<Arc<Push>>,
    hearing: Hearing,
    /// The last position that was passed, heard or not.
    position: i64,
    /// Up to where the log is read before what is live is listened to.
    until: i64,
    waiting: VecDeque<Arc<Push>>,
}

impl Follower {
    /// Behind that position; from now on without one.
    pub(super) fn new(feed: LiveFeed, room: Arc<Room>, hearing: Hearing, after: Option<i64>) -> Self {
        let (live, until) = room.enter();
        let position = after.map_or(until, |after| after.min(until));
        Self { feed, room, live, hearing, position, until, waiting: VecDeque::new() }
    }

    /// The last position that was passed.
    pub fn position(&self) -> i64 {
        self.position
    }

    /// What they hear next. Loses nothing when it is dropped while it waits.
    pub async fn next(&mut self) -> Result<Next, StoreError> {
        loop {
            let push = self.advance().await?;
            // What was read from the log may come again from the room.
            if push.seq() <= self.position {
                continue;
            }
            self.position = push.seq();
            let text = self.hearing.text(&push).cloned();
            if self.hearing.loses(&push.told) {
                return Ok(Next::Lost(text));
            }
            if let Some(text) = text {
                return Ok(Next::Event(push.seq(), text, push));
            }
        }
    }

    async fn advance(&mut self) -> Result<Arc<Push>, StoreError> {
        loop {
            if let Some(push) = self.waiting.pop_front() {
                return Ok(push);
            }
            if self.position < self.until {
                self.read().await?;
                continue;
            }
            match self.live.recv().await {
                Ok(push) => return Ok(push),
                // Too slow for what is kept: the log has it.
                Err(RecvError::Lagged(_)) => self.until = self.room.position(),
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    async fn read(&mut self) -> Result<(), StoreError> {
        let events = self.feed.after(self.hearing.organization, self.position, PART).await?;
        if events.is_empty() {
            self.position = self.until;
        }
        self.waiting = events.into_iter().map(|told| Arc::new(Push::new(told))).collect();
        Ok(())
    }
}
