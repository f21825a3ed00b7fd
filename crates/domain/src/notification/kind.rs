//! The kinds of notification.

use serde::{Deserialize, Serialize};

/// What a notification is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// Somebody mentioned one.
    Mention,
    /// One has got a ticket to work on.
    Assignment,
    /// Somebody answered on a ticket of one's own, or that one works on.
    Reply,
    /// Such a ticket moved on.
    StatusChange,
    /// A deadline of such a ticket comes near.
    SlaWarning,
    /// A deadline of such a ticket has passed.
    SlaBreach,
    /// One has got a work order, or one's work order moved on.
    WorkOrder,
    /// Somebody asked for help; for staff.
    TicketCreated,
    /// A rule tells one something.
    Automation,
}

impl NotificationKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Mention,
        Self::Assignment,
        Self::Reply,
        Self::StatusChange,
        Self::SlaWarning,
        Self::SlaBreach,
        Self::WorkOrder,
        Self::TicketCreated,
        Self::Automation,
    ];

    /// Its word, as it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Assignment => "assignment",
            Self::Reply => "reply",
            Self::StatusChange => "status_change",
            Self::SlaWarning => "sla_warning",
            Self::SlaBreach => "sla_breach",
            Self::WorkOrder => "work_order",
            Self::TicketCreated => "ticket_created",
            Self::Automation => "automation",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether people get it who have not chosen: not every new ticket, which would bury the rest.
    pub const fn is_wanted_unasked(self) -> bool {
        !matches!(self, Self::TicketCreated)
    }
}
