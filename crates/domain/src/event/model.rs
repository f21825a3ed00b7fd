//! Events. Their JSON is stored and sent: it is a contract, so fields are only ever added.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::catalog::{CatalogChange, CatalogKind};
use super::subject::Subject;
use crate::identity::{Role, UserState};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, EventId, FaqId, OrganizationId, TicketId, UserId};
use crate::ticket::{Action, Priority, Status};

/// Something that happened. The unit of work gives it its id and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// In which organization.
    pub organization: OrganizationId,
    /// To what.
    pub subject: Subject,
    /// By whom; none when nobody was logged in (a registration).
    pub actor: Option<UserId>,
    /// By whom, as their name was.
    pub actor_name: String,
    /// When.
    pub at: Moment,
    /// What.
    pub happened: Happened,
}

/// An event as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Identity, for consumers to drop doubles by.
    pub id: EventId,
    /// Its place: 1, 2, 3 … in each organization, in the order of the commits, without gaps.
    pub position: i64,
    /// What happened.
    pub event: Event,
}

/// A person and the name they had at the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who.
    pub id: UserId,
    /// First and last name.
    pub name: String,
}

/// A field that has another value now, both as a person would read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// Before; none when it was empty.
    pub old: Option<String>,
    /// Now; none when it is empty.
    pub new: Option<String>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Happened {
    /// Somebody asked for help.
    TicketCreated {
        /// What the ticket is called.
        title: String,
        /// Where its life begins.
        status: Status,
        /// How urgent; none before approval.
        priority: Option<Priority>,
        /// Who asked.
        requester: UserId,
    },
    /// A ticket moved on.
    TicketStatusChanged {
        /// From.
        from: Status,
        /// To.
        to: Status,
        /// By which action.
        action: Action,
    },
    /// A ticket got somebody, or nobody, to work on it.
    TicketAssigned {
        /// Who had it.
        from: Option<Named>,
        /// Who has it.
        to: Option<Named>,
    },
    /// Other fields of a ticket changed.
    TicketUpdated {
        /// Which.
        changes: Vec<FieldChange>,
    },
    /// A ticket went to the external workflow.
    TicketFinalized,
    /// A ticket is gone.
    TicketDeleted {
        /// What it was called.
        title: String,
    },
    /// Somebody said something on a ticket.
    CommentAdded {
        /// Which comment.
        comment: CommentId,
        /// What was said.
        content: String,
        /// Whether it stays among staff.
        is_internal: bool,
        /// Whether staff said it.
        by_staff: bool,
        /// Who was mentioned and may see it.
        mentions: Vec<UserId>,
    },
    /// Somebody changed what they had said.
    CommentEdited {
        /// Which comment.
        comment: CommentId,
        /// What it says now.
        content: String,
        /// Whether it stays among staff.
        is_internal: bool,
    },
    /// A comment is gone.
    CommentDeleted {
        /// Which.
        comment: CommentId,
        /// Whether it stayed among staff.
        is_internal: bool,
    },
    /// A new account.
    UserCreated {
        /// Its address.
        email: String,
        /// Its role.
        role: Role,
    },
    /// An account changed.
    UserUpdated {
        /// Which fields.
        fields: Vec<String>,
        /// The role it has now.
        role: Role,
    },
    /// An account got another password; all its logins ended.
    PasswordChanged,
    /// An account was let in.
    UserApproved,
    /// An account was not let in, and is gone.
    UserRejected {
        /// Its address.
        email: String,
        /// What the person is called.
        name: String,
        /// Why.
        reason: Option<String>,
    },
    /// An account is gone.
    UserDeleted,
    /// An organization chose something else.
    OrganizationUpdated {
        /// What.
        changes: Vec<FieldChange>,
    },
    /// A category, tag, department or response template was made, changed or deleted.
    Cataloged {
        /// What became of it.
        change: CatalogChange,
        /// Its name; empty where others may not see it.
        name: String,
    },
    /// A question with its answer was written.
    FaqCreated {
        /// The question.
        question: String,
    },
    /// A question, its answer or its place changed.
    FaqUpdated {
        /// Which fields.
        fields: Vec<String>,
    },
    /// A question is gone.
    FaqDeleted {
        /// What was asked.
        question: String,
    },
}

impl Event {
    /// Something that somebody did to a ticket.
    pub fn of_ticket(ticket: TicketId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::Ticket(ticket), at, happened)
    }

    /// Something that somebody did to a category, tag, department or response template.
    pub fn of_catalog(kind: CatalogKind, id: Uuid, by: &Actor, at: Moment, change: CatalogChange, name: &str) -> Self {
        Self::by(by, Subject::Catalog(kind, id), at, Happened::Cataloged { change, name: name.to_owned() })
    }

    /// Something that somebody did to a question that is often asked.
    pub fn of_faq(faq: FaqId, by: &Actor, at: Moment, happened: Happened) -> Self {
        Self::by(by, Subject::Faq(faq), at, happened)
    }

    /// Somebody chose something else for their organization.
    pub fn of_organization(by: &Actor, at: Moment, changes: Vec<FieldChange>) -> Self {
        Self::by(by, Subject::Organization(by.organization), at, Happened::OrganizationUpdated { changes })
    }

    /// Something that happened to an account; `by` is none when the person did it without being logged in.
    pub fn of_user(user: &UserState, by: Option<UserId>, at: Moment, happened: Happened) -> Self {
        Self {
            organization: user.organization,
            subject: Subject::User(user.id),
            actor: by,
            actor_name: String::new(),
            at,
            happened,
        }
    }

    fn by(actor: &Actor, subject: Subject, at: Moment, happened: Happened) -> Self {
        Self { organization: actor.organization, subject, actor: Some(actor.user), actor_name: actor.name.clone(), at, happened }
    }

    /// The event's type as subscribers name it, e.g. `ticket.status_changed`.
    pub fn kind(&self) -> String {
        let verb = match &self.happened {
            Happened::TicketCreated { .. } | Happened::UserCreated { .. } | Happened::FaqCreated { .. } => "created",
            Happened::TicketStatusChanged { .. } => "status_changed",
            Happened::TicketAssigned { .. } => "assigned",
            Happened::TicketUpdated { .. }
            | Happened::UserUpdated { .. }
            | Happened::FaqUpdated { .. }
            | Happened::OrganizationUpdated { .. } => "updated",
            Happened::TicketFinalized => "finalized",
            Happened::TicketDeleted { .. } | Happened::UserDeleted | Happened::FaqDeleted { .. } => "deleted",
            Happened::CommentAdded { .. } => "comment_added",
            Happened::CommentEdited { .. } => "comment_edited",
            Happened::CommentDeleted { .. } => "comment_deleted",
            Happened::UserApproved => "approved",
            Happened::UserRejected { .. } => "rejected",
            Happened::PasswordChanged => "password_changed",
            Happened::Cataloged { change: CatalogChange::Created, .. } => "created",
            Happened::Cataloged { change: CatalogChange::Updated, .. } => "updated",
            Happened::Cataloged { change: CatalogChange::Deleted, .. } => "deleted",
        };
        format!("{}.{verb}", self.subject.kind())
    }

    /// Whether it may be told to staff only.
    pub fn is_internal(&self) -> bool {
        match &self.happened {
            Happened::CommentAdded { is_internal, .. }
            | Happened::CommentEdited { is_internal, .. }
            | Happened::CommentDeleted { is_internal, .. } => *is_internal,
            Happened::TicketUpdated { changes } => changes.iter().all(FieldChange::is_internal),
            _ => false,
        }
    }
}

impl Happened {
    /// Whether it gives that field of an account another value.
    pub fn changes_user(&self, field: &str) -> bool {
        matches!(self, Self::UserUpdated { fields, .. } if fields.iter().any(|changed| changed == field))
    }
}

impl FieldChange {
    /// Whether the field is for staff only.
    pub fn is_internal(&self) -> bool {
        self.field == "admin_notes"
    }
}
