//! What a mail says. Its JSON is stored in the outbox: fields are only ever added.

use serde::{Deserialize, Serialize};

use super::MailKind;
use crate::kernel::id::{CommentId, ResetId, TicketId, UserId};
use crate::ticket::{PublicComment, Status};

/// A ticket, as a mail names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketBrief {
    /// Which.
    pub id: TicketId,
    /// Shown as `TX0001`.
    pub number: i64,
    /// What it is called.
    pub title: String,
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// To somebody whose new account waits for approval.
    AccountReceived,
    /// To somebody whose account has been let in.
    AccountApproved,
    /// To somebody whose account has been turned down.
    AccountRejected {
        /// Why, if a reason was given.
        reason: Option<String>,
    },
    /// To somebody who forgot the password. The link's secret is made of the reset when the letter is written
    /// ([`crate::identity::port::Secrets::of_reset`]): the outbox does not hold it.
    PasswordReset {
        /// What the link is good for.
        reset: ResetId,
        /// Whose it is.
        user: UserId,
    },
    /// To somebody whose account was made by an admin, and who is to choose a password.
    PasswordWanted {
        /// What the link is good for.
        reset: ResetId,
        /// Whose it is.
        user: UserId,
    },
    /// To the requester: the ticket has arrived.
    TicketCreated {
        /// The ticket.
        ticket: TicketBrief,
    },
    /// To the requester: the ticket moved on.
    TicketStatusChanged {
        /// The ticket.
        ticket: TicketBrief,
        /// From.
        from: Status,
        /// To.
        to: Status,
        /// By whom.
        by: String,
        /// How it was resolved, or why it was rejected.
        note: Option<String>,
    },
    /// To the requester, or to who works on it: somebody answered. An internal note has no such type.
    TicketReplied {
        /// The ticket.
        ticket: TicketBrief,
        /// The answer.
        comment: PublicComment,
    },
    /// To who works on it now.
    TicketAssigned {
        /// The ticket.
        ticket: TicketBrief,
        /// Who assigned it.
        by: String,
    },
}

impl Message {
    /// The kind's word, as stored and as templates are called.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AccountReceived => "account_received",
            Self::AccountApproved => "account_approved",
            Self::AccountRejected { .. } => "account_rejected",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordWanted { .. } => "password_wanted",
            Self::TicketCreated { .. } => "ticket_created",
            Self::TicketStatusChanged { .. } => "ticket_status_changed",
            Self::TicketReplied { .. } => "ticket_replied",
            Self::TicketAssigned { .. } => "ticket_assigned",
        }
    }

    /// The kind that its recipient may do without; none where the mail is about the account itself.
    pub const fn optional(&self) -> Option<MailKind> {
        match self {
            Self::AccountReceived
            | Self::AccountApproved
            | Self::AccountRejected { .. }
            | Self::PasswordReset { .. }
            | Self::PasswordWanted { .. } => None,
            Self::TicketCreated { .. } => Some(MailKind::TicketCreated),
            Self::TicketStatusChanged { .. } => Some(MailKind::StatusChanged),
            Self::TicketReplied { .. } => Some(MailKind::NewReply),
            Self::TicketAssigned { .. } => Some(MailKind::Assigned),
        }
    }

    /// The comment that it shows.
    pub fn shows(&self) -> Option<CommentId> {
        if let Self::TicketReplied { comment, .. } = self { comment.id() } else { None }
    }

    /// The ticket that it is about.
    pub const fn ticket(&self) -> Option<&TicketBrief> {
        match self {
            Self::TicketCreated { ticket }
            | Self::TicketStatusChanged { ticket, .. }
            | Self::TicketReplied { ticket, .. }
            | Self::TicketAssigned { ticket, .. } => Some(ticket),
            _ => None,
        }
    }
}
