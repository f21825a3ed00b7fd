//! Identities. The domain names a thing by its UUID; people and older clients by its serial or its name.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The integer that the database gives to a row; unique per kind of thing, shown by the dialects that count.
pub type Serial = i64;

/// How often an aggregate has been written; a commit checks that it still has the one that was read.
pub type Revision = i64;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Reference {
            fn from(id: $name) -> Self {
                Self::Id(id.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A tenant: nothing crosses from one to another.
    OrganizationId,
    /// A person with an account.
    UserId,
    /// One login: what its access and refresh tokens belong to.
    SessionId,
    /// A request for help and everything that became of it.
    TicketId,
    /// Something said on a ticket.
    CommentId,
    /// What a ticket is about.
    CategoryId,
    /// A free label.
    TagId,
    /// Who in the organization a ticket belongs to.
    DepartmentId,
    /// A question that is often asked, and its answer.
    FaqId,
    /// An article of the knowledge base.
    ArticleId,
    /// Where articles stand.
    ArticleCategoryId,
    /// A file: attached to a ticket, or its uploader's own.
    FileId,
    /// An answer that is written once and used often.
    TemplateId,
    /// When an organization is open.
    CalendarId,
    /// Which tickets are promised what.
    PolicyId,
    /// Which tickets go where.
    RouteId,
    /// Whom work is done for on site.
    CustomerId,
    /// Where it is done.
    LocationId,
    /// Work to do on site.
    WorkOrderId,
    /// A step of a work order.
    TaskId,
    /// What a work order uses up.
    MaterialId,
    /// An account that was not let in.
    RejectionId,
    /// One row of the event log.
    EventId,
    /// Leave to choose a new password, once.
    ResetId,
    /// A mail in the outbox.
    MailId,
    /// A key for a program.
    ApiKeyId,
    /// A message to another program.
    DeliveryId,
    /// A link between two tickets.
    LinkId,
    /// A merge or a split of tickets.
    TransferId,
    /// A program that is told what happens.
    WebhookId,
    /// Something that somebody is told in the desk.
    NotificationId,
    /// A question to the ticket list that is kept under a name.
    FilterId,
    /// What is done with tickets by itself.
    RuleId,
    /// What somebody does with tickets often, in one step.
    MacroId,
}

/// How a client named a thing. Which forms a kind of thing answers to is said by its repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// By its UUID.
    Id(Uuid),
    /// By its integer.
    Serial(Serial),
    /// By slug, name, username or e-mail address.
    Name(String),
}

impl Reference {
    /// Reads what stood in a path, a query or a body. Never fails: what is neither number nor UUID is a name.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if let Some(serial) = serial(text) {
            Self::Serial(serial)
        } else if let Ok(id) = Uuid::try_parse(text) {
            Self::Id(id)
        } else {
            Self::Name(text.to_owned())
        }
    }

    /// Whether it is one of the ids of something; a name is none.
    pub fn is_of(&self, id: Uuid, serial: Serial) -> bool {
        match self {
            Self::Id(wanted) => *wanted == id,
            Self::Serial(wanted) => *wanted == serial,
            Self::Name(_) => false,
        }
    }
}

/// A number as the API shows it: neither `+1` nor `01` is one.
fn serial(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|serial| serial.to_string() == text)
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Serial(serial) => serial.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// What a change is meant for, and the revision it must still have (`If-Match`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The thing.
    pub reference: Reference,
    /// Refuse as [`super::StoreError::Stale`] unless the thing is still at this revision.
    pub revision: Option<Revision>,
}

impl<R: Into<Reference>> From<R> for Target {
    fn from(reference: R) -> Self {
        Self { reference: reference.into(), revision: None }
    }
}

impl Target {
    /// Whether a thing at `revision` may be changed under this precondition.
    pub fn allows(&self, revision: Revision) -> Result<(), super::StoreError> {
        match self.revision {
            Some(wanted) if wanted != revision => Err(super::StoreError::Stale),
            _ => Ok(()),
        }
    }

    /// Whether a lost race may be decided again: not when the client insisted on a revision.
    pub fn may_retry(&self) -> bool {
        self.revision.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_number_a_uuid_or_a_name() {
        assert_eq!(Reference::parse("17"), Reference::Serial(17));
        assert_eq!(Reference::parse("billing"), Reference::Name("billing".into()));
        let id = Uuid::nil();
        assert_eq!(Reference::parse(&id.to_string()), Reference::Id(id));
    }
}
