//! What happens. Its JSON is stored and sent: it is a contract, so fields are only ever added.

mod work_order;

use serde::{Deserialize, Serialize};

pub use work_order::WorkOrderHappened;

use super::catalog::CatalogChange;
use super::named::{FieldChange, Named, NamedTicket};
use crate::identity::Role;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, FileId, LinkId, UserId};
use crate::knowledge::ArticleStatus;
use crate::sla::ClockKind;
use crate::ticket::{Action, Priority, Status};

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
    /// A ticket was linked to another.
    TicketLinked {
        /// The link.
        link: LinkId,
        /// How this ticket belongs to the other: `blocks`, `blocked_by` …
        relation: String,
        /// The other.
        other: NamedTicket,
    },
    /// A link to another ticket was ended.
    TicketUnlinked {
        /// The link.
        link: LinkId,
        /// How this ticket belonged to the other.
        relation: String,
        /// The other.
        other: NamedTicket,
    },
    /// A ticket's comments and files went to another, and it was closed.
    TicketMerged {
        /// The other.
        into: NamedTicket,
    },
    /// A ticket got another's comments and files.
    TicketAbsorbed {
        /// The other.
        from: NamedTicket,
    },
    /// A merge was undone; told of both tickets.
    TicketMergeUndone {
        /// The other.
        other: NamedTicket,
    },
    /// Some of a ticket's comments went to a new ticket.
    TicketSplit {
        /// The new one.
        into: NamedTicket,
    },
    /// A new ticket got comments of another.
    TicketSplitOff {
        /// The other.
        from: NamedTicket,
    },
    /// A ticket got its comments back; the new ticket is gone.
    TicketSplitUndone {
        /// The one that is gone.
        other: NamedTicket,
    },
    /// The requester said how content they are.
    TicketRated {
        /// 1 to 5.
        score: u8,
        /// What they say to it.
        comment: Option<String>,
    },
    /// A ticket is about to break a promise.
    SlaWarned {
        /// Which.
        clock: ClockKind,
        /// Until when it can be kept.
        due: Moment,
    },
    /// A ticket has broken a promise.
    SlaBreached {
        /// Which.
        clock: ClockKind,
        /// Until when it could be kept.
        due: Moment,
    },
    /// People were told something of a ticket by a rule.
    TicketNotified {
        /// Whom.
        users: Vec<UserId>,
        /// Everybody of these roles, too.
        roles: Vec<Role>,
        /// Whether it is for the requester.
        is_public: bool,
        /// What.
        message: String,
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
    /// A ticket got a file.
    AttachmentAdded {
        /// Which.
        file: FileId,
        /// What it is called.
        name: String,
        /// Whether it stays among staff, with its comment.
        is_internal: bool,
    },
    /// A file of a ticket is gone.
    AttachmentRemoved {
        /// Which.
        file: FileId,
        /// What it was called.
        name: String,
        /// Whether it stayed among staff.
        is_internal: bool,
    },
    /// Somebody uploaded a file that belongs to no ticket.
    FileUploaded {
        /// What it is called.
        name: String,
    },
    /// A file that belonged to no ticket is gone.
    FileDeleted {
        /// What it was called.
        name: String,
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
    /// A person was erased; nothing of them is named any more.
    UserErased,
    /// An organization chose something else.
    OrganizationUpdated {
        /// What.
        changes: Vec<FieldChange>,
    },
    /// What [`super::CatalogKind`] lists was made, changed or deleted.
    Cataloged {
        /// What became of it.
        change: CatalogChange,
        /// Its name; empty while it is private.
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
    /// An article was written.
    ArticleCreated {
        /// What it is called.
        title: String,
        /// Who reads it.
        status: ArticleStatus,
    },
    /// An article changed.
    ArticleUpdated {
        /// What it is called now.
        title: String,
        /// Which fields.
        fields: Vec<String>,
        /// Who reads it now.
        status: ArticleStatus,
    },
    /// An article is gone.
    ArticleDeleted {
        /// What it was called.
        title: String,
        /// Who read it.
        status: ArticleStatus,
    },
    /// Somebody said whether an article helped.
    ArticleVoted {
        /// Whether it did.
        helpful: bool,
    },
    /// Something that happened to a work order.
    #[serde(untagged)]
    WorkOrder(WorkOrderHappened),
}

impl Happened {
    /// Whether it gives that field of an account another value.
    pub fn changes_user(&self, field: &str) -> bool {
        matches!(self, Self::UserUpdated { fields, .. } if fields.iter().any(|changed| changed == field))
    }

    /// Whether it happened to a work order that this technician had, or has now.
    pub fn is_of_technician(&self, user: UserId) -> bool {
        matches!(self, Self::WorkOrder(happened) if happened.is_of(user))
    }
}
