//! What erasing a person does to what the log says.

use uuid::Uuid;

use crate::event::{CatalogKind, Event, FieldChange, Happened, Named, Recorded, Subject, WorkOrderHappened};
use crate::kernel::id::UserId;

/// What an erased person is called.
pub const ERASED_USER: &str = "Erased user";
/// What stands for what they wrote.
pub const ERASED: &str = "Erased";

/// What of a ticket its requester wrote.
const WRITTEN: [&str; 4] = ["title", "description", "contact_email", "custom_fields"];

/// Somebody whose name and words are to be taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedPerson {
    /// Who.
    pub user: UserId,
    /// Whether they worked at the desk: what they answered to others stays, without their name.
    pub is_staff: bool,
    /// The customers of work orders that they are.
    pub customers: Vec<Uuid>,
}

impl ErasedPerson {
    /// The event without them: its actor's name and what happened; none when it says nothing of them.
    pub fn taken_from(&self, recorded: &Recorded) -> Option<(String, Happened)> {
        let event = &recorded.event;
        let happened = self.without(event);
        let name = if event.actor == Some(self.user) && !event.actor_name.is_empty() { ERASED_USER } else { &event.actor_name };
        (name != event.actor_name || happened != event.happened).then(|| (name.to_owned(), happened))
    }

    fn without(&self, event: &Event) -> Happened {
        let wrote = event.actor == Some(self.user) && !self.is_staff;
        let is_subject = event.subject == Subject::User(self.user);
        let mut happened = event.happened.clone();
        match &mut happened {
            Happened::TicketCreated { title, requester, .. } if *requester == self.user => ERASED.clone_into(title),
            Happened::TicketAssigned { from, to } | Happened::WorkOrder(WorkOrderHappened::Assigned { from, to, .. }) => {
                self.unname(from.iter_mut().chain(to))
            }
            Happened::TicketUpdated { changes } if wrote => changes.iter_mut().for_each(unwrite),
            Happened::CommentAdded { content, .. } | Happened::CommentEdited { content, .. } if wrote => {
                ERASED.clone_into(content);
            }
            Happened::AttachmentAdded { name, .. }
            | Happened::AttachmentRemoved { name, .. }
            | Happened::FileUploaded { name }
            | Happened::FileDeleted { name }
                if wrote =>
            {
                ERASED.clone_into(name);
            }
            Happened::TicketRated { comment, .. } if wrote => *comment = None,
            Happened::Cataloged { name, .. } if self.is_customer(event.subject) => ERASED_USER.clone_into(name),
            Happened::UserCreated { email, .. } if is_subject => ERASED.clone_into(email),
            Happened::UserRejected { email, name, reason } if is_subject => {
                ERASED.clone_into(email);
                ERASED_USER.clone_into(name);
                *reason = None;
            }
            _ => {}
        }
        happened
    }

    fn is_customer(&self, subject: Subject) -> bool {
        matches!(subject, Subject::Catalog(CatalogKind::Customer, id) if self.customers.contains(&id))
    }

    fn unname<'a>(&self, people: impl Iterator<Item = &'a mut Named>) {
        for person in people.filter(|person| person.id == self.user) {
            ERASED_USER.clone_into(&mut person.name);
        }
    }
}

fn unwrite(change: &mut FieldChange) {
    if WRITTEN.contains(&change.field.as_str()) {
        change.old = None;
        change.new = None;
    }
}
