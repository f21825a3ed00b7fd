//! What a rule begins with.

use serde::{Deserialize, Serialize};

use super::Delay;
use crate::kernel::violation::Problem;

/// What a rule begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// One of these happens to a ticket.
    Event(Vec<TicketEvent>),
    /// A ticket has waited for so long.
    Time(Delay),
}

/// What a rule begins with, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerKind {
    /// Something happens.
    Event,
    /// Time goes by.
    Time,
}

/// A type of event about tickets, as subscribers name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketEvent(String);

impl Trigger {
    /// The most types of event that one rule begins with.
    pub const MOST: usize = 20;

    /// In one word.
    pub const fn kind(&self) -> TriggerKind {
        match self {
            Self::Event(_) => TriggerKind::Event,
            Self::Time(_) => TriggerKind::Time,
        }
    }

    /// Whether an event of that type is one that it begins with.
    pub fn begins_with(&self, kind: &str) -> bool {
        match self {
            Self::Event(events) => events.iter().any(|event| event.0 == kind),
            Self::Time(_) => false,
        }
    }
}

impl TriggerKind {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Time => "time",
        }
    }

    /// The one of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Event, Self::Time].into_iter().find(|kind| kind.word() == word)
    }
}

impl TicketEvent {
    /// Those that rules know.
    pub const ALL: [&str; 17] = [
        "ticket.created",
        "ticket.updated",
        "ticket.status_changed",
        "ticket.assigned",
        "ticket.comment_added",
        "ticket.comment_edited",
        "ticket.comment_deleted",
        "ticket.attachment_added",
        "ticket.attachment_removed",
        "ticket.sla_warned",
        "ticket.sla_breached",
        "ticket.rated",
        "ticket.linked",
        "ticket.unlinked",
        "ticket.absorbed",
        "ticket.finalized",
        "ticket.split_off",
    ];

    /// Takes a type.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let known = Self::ALL.contains(&text);
        if known { Ok(Self(text.to_owned())) } else { Err(Problem::InvalidChoice(text.to_owned())) }
    }

    /// As subscribers name it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
