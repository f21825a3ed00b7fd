//! What the processes that serve one database tell each other.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::id::{OrganizationId, TicketId, UserId};

/// A word to whoever listens, in this process and in others. One that is lost is made up for by looking again: it says
/// that there is something to see, never what.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// An organization's log has grown.
    Events(OrganizationId),
    /// A login ended, or an account changed.
    Logins,
    /// That organization has become a sandbox.
    Sandbox(OrganizationId),
    /// Somebody looks at a ticket.
    Glimpse(Box<Glimpse>),
}

/// What a listener hears.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Heard {
    /// A signal.
    Signal(Signal),
    /// There were more than could be kept: everything may have changed.
    Missed,
}

/// Somebody looks at a ticket: kept nowhere, and true for as long as it is repeated.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Glimpse {
    /// In which organization.
    pub organization: OrganizationId,
    /// Which ticket.
    pub ticket: TicketId,
    /// Through which connection.
    pub connection: Uuid,
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// Whether they see what stays among staff.
    pub sees_internal: bool,
    /// What they do.
    pub looks: Looks,
}

/// What somebody does who looks at a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looks {
    /// They have it before them.
    Here,
    /// They write, or have stopped to.
    Typing {
        /// Whether what they write stays among staff.
        is_internal: bool,
        /// Whether they still do.
        goes_on: bool,
    },
    /// They look at something else now.
    Away,
}
