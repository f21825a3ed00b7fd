//! What a notification says.

use super::NotificationKind;
use crate::mail::TicketBrief;
use crate::ticket::{Priority, Status};

/// What a notification says. Nothing of a conversation is quoted: a comment can be changed, hidden or taken back later,
/// and what was once told cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Somebody mentioned the reader.
    Mentioned,
    /// The reader has got the ticket to work on.
    Assigned,
    /// Somebody answered, or left a note.
    Replied {
        /// Whether it stays among staff.
        is_internal: bool,
    },
    /// The ticket moved on.
    StatusChanged {
        /// To.
        to: Status,
    },
    /// There is a new ticket.
    Created,
}

impl Message {
    /// What it is for.
    pub const fn kind(&self) -> NotificationKind {
        match self {
            Self::Mentioned => NotificationKind::Mention,
            Self::Assigned => NotificationKind::Assignment,
            Self::Replied { .. } => NotificationKind::Reply,
            Self::StatusChanged { .. } => NotificationKind::StatusChange,
            Self::Created => NotificationKind::TicketCreated,
        }
    }

    /// How much it presses: as much as its ticket does.
    pub fn priority(&self, of_ticket: Option<Priority>) -> Priority {
        of_ticket.unwrap_or(Priority::Medium)
    }

    /// The line that a list shows.
    pub fn title(&self, ticket: &TicketBrief) -> String {
        let number = format!("TX{:04}", ticket.number);
        match self {
            Self::Mentioned => format!("You were mentioned in {number}"),
            Self::Assigned => format!("{number} was assigned to you"),
            Self::Replied { is_internal: false } => format!("New reply to {number}"),
            Self::Replied { is_internal: true } => format!("New internal note on {number}"),
            Self::StatusChanged { to } => format!("{number} is {} now", spoken(*to)),
            Self::Created => format!("New ticket {number}"),
        }
    }

    /// The sentence; `by` is who did it.
    pub fn sentence(&self, by: &str, ticket: &TicketBrief) -> String {
        let title = &ticket.title;
        match self {
            Self::Mentioned => format!("{by} mentioned you in “{title}”."),
            Self::Assigned => format!("{by} assigned “{title}” to you."),
            Self::Replied { is_internal: false } => format!("{by} replied to “{title}”."),
            Self::Replied { is_internal: true } => format!("{by} left an internal note on “{title}”."),
            Self::StatusChanged { to } => format!("{by} set “{title}” to {}.", spoken(*to)),
            Self::Created => format!("{by} opened “{title}”."),
        }
    }
}

fn spoken(status: Status) -> String {
    status.word().replace('_', " ")
}
