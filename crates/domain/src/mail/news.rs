//! What happens to tickets, told by mail: a reader of the event log.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use uuid::Uuid;

use super::port::AddressBook;
use super::{Addressee, Correspondence, Mail, Message};
use crate::event::{Event, Happened, Projection, Recorded, Subject};
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{MailId, OrganizationId, TicketId, UserId};
use crate::ticket::port::Conversations;
use crate::ticket::{PublicComment, Status};
use crate::work::Write;

/// Makes mails of what happens to tickets.
#[derive(Clone)]
pub struct TicketNews {
    /// Who is written to.
    pub people: Arc<dyn AddressBook>,
    /// What is said on tickets.
    pub conversations: Arc<dyn Conversations>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

#[async_trait]
impl Projection for TicketNews {
    fn consumer(&self) -> &'static str {
        Self::CONSUMER
    }

    async fn project(&self, organization: OrganizationId, events: &[Recorded]) -> Result<Vec<Write>, StoreError> {
        let news: Vec<(&Event, TicketId)> = events.iter().filter_map(|Recorded { event, .. }| is_news(event)).collect();
        if news.is_empty() {
            return Ok(Vec::new());
        }
        let tickets: BTreeSet<TicketId> = news.iter().map(|(_, ticket)| *ticket).collect();
        let found = self.people.correspondence(organization, &tickets.into_iter().collect::<Vec<_>>()).await?;
        let shown: Vec<Uuid> = news.iter().filter_map(|(event, _)| event.happened.shows()).collect();
        let public = if shown.is_empty() { HashSet::new() } else { self.conversations.public(organization, &shown).await? };
        // What was taken back before it was told is told to nobody.
        let stands = |event: &Event| event.happened.shows().is_none_or(|part| public.contains(&part));
        let news = news.into_iter().filter(|(event, _)| stands(event));
        let told = news.filter_map(|(event, ticket)| Some(letters(event, found.get(&ticket)?.clone())));
        let mails = told.flatten().map(|(to, message)| self.mail(organization, to, message));
        Ok(mails.map(|mail| Write::AddMail(Box::new(mail))).collect())
    }
}

impl TicketNews {
    /// The name of its place in the log.
    pub const CONSUMER: &'static str = "mail";

    fn mail(&self, organization: OrganizationId, to: Addressee, message: Message) -> Mail {
        Mail {
            id: MailId(self.ids.next()),
            organization,
            to: to.mailbox,
            user: Some(to.user),
            message,
            created_at: self.clock.now(),
            expires_at: None,
        }
    }
}

/// What somebody is told of, and of which ticket; asked before the ticket is looked up.
fn is_news(event: &Event) -> Option<(&Event, TicketId)> {
    let Subject::Ticket(ticket) = event.subject else { return None };
    let is_news = match &event.happened {
        Happened::TicketCreated { .. } | Happened::TicketStatusChanged { .. } => true,
        Happened::TicketAssigned { to, .. } => to.is_some(),
        Happened::CommentAdded { is_internal, .. } => !is_internal,
        _ => false,
    };
    is_news.then_some((event, ticket))
}

/// Who is told what of an event. Nobody is told of what they did themselves, but that their ticket has arrived.
pub(super) fn letters(event: &Event, correspondence: Correspondence) -> Vec<(Addressee, Message)> {
    let Correspondence { ticket, requester, assignee, resolution, rejection_reason } = correspondence;
    let by = event.actor_name.clone();
    let told: Vec<(Option<Addressee>, Message)> = match &event.happened {
        Happened::TicketCreated { .. } => return one(requester, Message::TicketCreated { ticket }),
        Happened::TicketStatusChanged { from, to, .. } => {
            let note = match to {
                Status::Resolved => resolution,
                Status::Rejected => rejection_reason,
                _ => None,
            };
            vec![(requester, Message::TicketStatusChanged { ticket, from: *from, to: *to, by, note })]
        }
        Happened::TicketAssigned { to: Some(to), .. } => {
            let still_theirs = assignee.filter(|assignee| assignee.user == to.id);
            vec![(still_theirs, Message::TicketAssigned { ticket, by })]
        }
        Happened::CommentAdded { .. } => {
            let Some(comment) = PublicComment::of(event) else { return Vec::new() };
            let replied = Message::TicketReplied { ticket, comment };
            let twice = same(requester.as_ref(), assignee.as_ref());
            vec![(requester, replied.clone()), (assignee.filter(|_| !twice), replied)]
        }
        _ => Vec::new(),
    };
    let others = told.into_iter().filter(|(to, _)| to.as_ref().map(|to| to.user) != event.actor);
    others.flat_map(|(to, message)| one(to, message)).collect()
}

fn same(one: Option<&Addressee>, other: Option<&Addressee>) -> bool {
    let user = |somebody: Option<&Addressee>| -> Option<UserId> { somebody.map(|somebody| somebody.user) };
    user(one).is_some() && user(one) == user(other)
}

/// The mail, unless there is nobody to write to or they do without its kind.
fn one(to: Option<Addressee>, message: Message) -> Vec<(Addressee, Message)> {
    let wanted = |to: &Addressee| message.optional().is_none_or(|kind| !to.muted.contains(&kind));
    to.filter(wanted).map(|to| (to, message)).into_iter().collect()
}
