//! The kinds of mail that somebody may do without.

use serde::{Deserialize, Serialize};

/// A kind of mail that somebody may do without. Mails about the account itself are not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// One's ticket has arrived.
    TicketCreated,
    /// One's ticket moved on.
    StatusChanged,
    /// Somebody answered, publicly.
    NewReply,
    /// One has got a ticket to work on.
    Assigned,
}

impl MailKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::TicketCreated, Self::StatusChanged, Self::NewReply, Self::Assigned];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TicketCreated => "ticket_created",
            Self::StatusChanged => "status_changed",
            Self::NewReply => "new_reply",
            Self::Assigned => "assigned",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
