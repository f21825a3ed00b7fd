//! What erasing a person does to what the log says.

use std::collections::HashSet;

use uuid::Uuid;

use super::PersonalView;
use crate::event::{CatalogKind, Event, FieldChange, Happened, NamedTicket, Recorded, Subject, WorkOrderHappened};
use crate::kernel::id::{CommentId, FileId, TicketId, UserId};

/// What an erased person is called.
pub const ERASED_USER: &str = "Erased user";
/// What stands for what they wrote.
pub const ERASED: &str = "Erased";

/// What of a ticket its requester wrote.
const WRITTEN: [&str; 4] = ["title", "description", "contact_email", "custom_fields"];

/// Somebody whose name and words are to be taken out of the log. Others change and remove later what the person once wrote
/// and brought: where the log is not read from its beginning, what they did before MUST be [noted](Self::note).
#[derive(Clone, Debug)]
pub struct ErasedPerson {
    user: UserId,
    sites: Vec<Uuid>,
    tickets: HashSet<TicketId>,
    comments: HashSet<CommentId>,
    files: HashSet<FileId>,
}

/// An event that says something else from now on; its place stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewrittenEvent {
    /// Its place in the log.
    pub position: i64,
    /// What it said, and with it the history that was made of it.
    pub was: Event,
    /// What it says.
    pub now: Event,
}

impl ErasedPerson {
    /// The person, and the tickets that they ever asked for, also those that are gone.
    pub fn new(person: &PersonalView, tickets: Vec<TicketId>) -> Self {
        let tickets = tickets.into_iter().collect();
        Self { user: person.id, sites: person.sites.clone(), tickets, comments: HashSet::new(), files: HashSet::new() }
    }

    /// What they asked for, and where they live.
    pub fn things(&self) -> Vec<Uuid> {
        self.tickets.iter().map(|ticket| ticket.0).chain(self.sites.iter().copied()).collect()
    }

    /// The event without them; none when it says nothing of them.
    pub fn taken_from(&mut self, recorded: &Recorded) -> Option<RewrittenEvent> {
        let Recorded { id: _, position, event: was } = recorded;
        self.note(was);
        let mut now = was.clone();
        if was.actor == Some(self.user) && !was.actor_name.is_empty() {
            ERASED_USER.clone_into(&mut now.actor_name);
        }
        self.unsay(&mut now.happened, was.subject);
        (now != *was).then(|| RewrittenEvent { position: *position, was: was.clone(), now })
    }

    /// Remembers what they said on tickets of their own, and brought there or to no ticket at all. What they answered to others
    /// is the organization's.
    pub fn note(&mut self, event: &Event) {
        if event.actor != Some(self.user) {
            return;
        }
        match (event.subject, &event.happened) {
            (Subject::Ticket(ticket), Happened::CommentAdded { comment, .. }) if self.tickets.contains(&ticket) => {
                self.comments.insert(*comment);
            }
            (Subject::Ticket(ticket), Happened::AttachmentAdded { file, .. }) if self.tickets.contains(&ticket) => {
                self.files.insert(*file);
            }
            (Subject::File(file), Happened::FileUploaded { .. }) => {
                self.files.insert(file);
            }
            _ => {}
        }
    }

    /// What they wrote and brought.
    fn unsay(&self, happened: &mut Happened, subject: Subject) {
        let is_own = matches!(subject, Subject::Ticket(ticket) if self.tickets.contains(&ticket));
        match happened {
            Happened::TicketCreated { title, .. } | Happened::TicketDeleted { title } if is_own => ERASED.clone_into(title),
            Happened::TicketUpdated { changes } if is_own => changes.iter_mut().for_each(unwrite),
            Happened::TicketRated { comment, .. } if is_own => *comment = None,
            Happened::TicketNotified { message, .. } if is_own => ERASED.clone_into(message),
            Happened::CommentAdded { comment, content, .. } | Happened::CommentEdited { comment, content, .. }
                if self.comments.contains(comment) =>
            {
                ERASED.clone_into(content);
            }
            Happened::AttachmentAdded { file, name, .. } | Happened::AttachmentRemoved { file, name, .. }
                if self.files.contains(file) =>
            {
                ERASED.clone_into(name);
            }
            Happened::FileUploaded { name } | Happened::FileDeleted { name } if self.is_file(subject) => {
                ERASED.clone_into(name);
            }
            _ => self.unname(happened, subject),
        }
    }

    /// Where they, their tickets and the places that they live at are named.
    fn unname(&self, happened: &mut Happened, subject: Subject) {
        match happened {
            Happened::TicketLinked { other, .. }
            | Happened::TicketUnlinked { other, .. }
            | Happened::TicketMerged { into: other }
            | Happened::TicketAbsorbed { from: other }
            | Happened::TicketMergeUndone { other }
            | Happened::TicketSplit { into: other }
            | Happened::TicketSplitOff { from: other }
            | Happened::TicketSplitUndone { other } => self.untitle(other),
            Happened::TicketAssigned { from, to } | Happened::WorkOrder(WorkOrderHappened::Assigned { from, to, .. }) => {
                for person in from.iter_mut().chain(to).filter(|person| person.id == self.user) {
                    ERASED_USER.clone_into(&mut person.name);
                }
            }
            Happened::Cataloged { name, .. } => self.unplace(subject, name),
            Happened::UserCreated { .. } | Happened::UserRejected { .. } if subject == Subject::User(self.user) => {
                unregister(happened);
            }
            _ => {}
        }
    }

    fn is_file(&self, subject: Subject) -> bool {
        matches!(subject, Subject::File(file) if self.files.contains(&file))
    }

    fn untitle(&self, ticket: &mut NamedTicket) {
        if self.tickets.contains(&ticket.id) {
            ERASED.clone_into(&mut ticket.title);
        }
    }

    /// As [`crate::work::Write::EraseUser`] calls whom and where work is done for.
    fn unplace(&self, subject: Subject, name: &mut String) {
        match subject {
            Subject::Catalog(CatalogKind::Customer, id) if self.sites.contains(&id) => ERASED_USER.clone_into(name),
            Subject::Catalog(CatalogKind::Location, id) if self.sites.contains(&id) => ERASED.clone_into(name),
            _ => {}
        }
    }
}

fn unwrite(change: &mut FieldChange) {
    if WRITTEN.contains(&change.field.as_str()) {
        change.old = None;
        change.new = None;
    }
}

/// Whose account it was.
fn unregister(happened: &mut Happened) {
    match happened {
        Happened::UserCreated { email, .. } => ERASED.clone_into(email),
        Happened::UserRejected { email, name, reason } => {
            ERASED.clone_into(email);
            ERASED_USER.clone_into(name);
            *reason = None;
        }
        _ => {}
    }
}
