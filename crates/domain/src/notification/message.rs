//! What a notification says.

use super::NotificationKind;
use crate::field_service::WorkStatus;
use crate::sla::ClockKind;
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
    /// A rule tells the reader something.
    Told {
        /// What.
        message: String,
    },
    /// A deadline comes near.
    SlaWarned {
        /// Of what.
        clock: ClockKind,
    },
    /// A deadline has passed.
    SlaBreached {
        /// Of what.
        clock: ClockKind,
    },
    /// The reader has got the work order to do.
    WorkAssigned,
    /// The work order moved on.
    WorkMoved {
        /// To.
        to: WorkStatus,
    },
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
            Self::Told { .. } => NotificationKind::Automation,
            Self::SlaWarned { .. } => NotificationKind::SlaWarning,
            Self::SlaBreached { .. } => NotificationKind::SlaBreach,
            Self::WorkAssigned | Self::WorkMoved { .. } => NotificationKind::WorkOrder,
        }
    }

    /// How much it presses: as much as what it is about, and a deadline more than usual.
    pub fn priority(&self, of_thing: Priority) -> Priority {
        match self {
            Self::SlaWarned { .. } => of_thing.max(Priority::High),
            Self::SlaBreached { .. } => of_thing.max(Priority::Urgent),
            _ => of_thing,
        }
    }

    /// The line that a list shows; `number` is the ticket's or work order's, as it is shown.
    pub fn title(&self, number: &str) -> String {
        match self {
            Self::Mentioned => format!("You were mentioned in {number}"),
            Self::Assigned | Self::WorkAssigned => format!("{number} was assigned to you"),
            Self::Replied { is_internal: false } => format!("New reply to {number}"),
            Self::Replied { is_internal: true } => format!("New internal note on {number}"),
            Self::StatusChanged { to } => format!("{number} is {} now", spoken(to.word())),
            Self::WorkMoved { to } => format!("{number} is {} now", spoken(to.word())),
            Self::Created => format!("New ticket {number}"),
            Self::Told { .. } => format!("About {number}"),
            Self::SlaWarned { clock } => format!("{number}: {} is due soon", spoken(clock.word())),
            Self::SlaBreached { clock } => format!("{number}: {} is overdue", spoken(clock.word())),
        }
    }

    /// The sentence; `by` is who did it, `title` what the ticket or work order is called.
    pub fn sentence(&self, by: &str, title: &str) -> String {
        match self {
            Self::Mentioned => format!("{by} mentioned you in “{title}”."),
            Self::Assigned | Self::WorkAssigned => format!("{by} assigned “{title}” to you."),
            Self::Replied { is_internal: false } => format!("{by} replied to “{title}”."),
            Self::Replied { is_internal: true } => format!("{by} left an internal note on “{title}”."),
            Self::StatusChanged { to } => format!("{by} set “{title}” to {}.", spoken(to.word())),
            Self::WorkMoved { to } => format!("{by} set “{title}” to {}.", spoken(to.word())),
            Self::Created => format!("{by} opened “{title}”."),
            Self::Told { message } => message.clone(),
            Self::SlaWarned { clock } => format!("The deadline of “{title}” for its {} comes near.", spoken(clock.word())),
            Self::SlaBreached { clock } => format!("The deadline of “{title}” for its {} has passed.", spoken(clock.word())),
        }
    }
}

fn spoken(word: &str) -> String {
    word.replace('_', " ")
}
