//! People, tickets and fields as they were called when something happened.

use serde::{Deserialize, Serialize};

use crate::kernel::id::{TicketId, UserId};
use crate::ticket::TicketBrief;

/// A person and the name they had at the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who.
    pub id: UserId,
    /// First and last name.
    pub name: String,
}

/// A ticket and what it was called at the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedTicket {
    /// Which.
    pub id: TicketId,
    /// `TX0001` and on; none where it was only just made.
    pub number: Option<String>,
    /// What it is called.
    pub title: String,
}

impl NamedTicket {
    /// Its number with its title, as a person reads it.
    pub fn name(&self) -> String {
        let Self { id: _, number, title } = self;
        number.as_ref().map_or_else(|| format!("\"{title}\""), |number| format!("{number} \"{title}\""))
    }
}

impl From<&TicketBrief> for NamedTicket {
    fn from(brief: &TicketBrief) -> Self {
        Self { id: brief.id, number: Some(crate::ticket::shown_number(brief.number)), title: brief.title.clone() }
    }
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

impl FieldChange {
    /// Whether the field is for staff only.
    pub fn is_internal(&self) -> bool {
        self.field == "admin_notes"
    }
}
