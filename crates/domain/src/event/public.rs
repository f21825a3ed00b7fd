//! What of the log customers may hear: the one list that history, notifications, mail and connections go by.

use uuid::Uuid;

use super::{Event, FieldChange, Happened, HistoryEntry};

impl Happened {
    /// Whether the requester of its ticket, or whoever's account it is about, may hear of it, all or in part. Kinds of
    /// events that are not named here stay among staff.
    pub fn is_public(&self) -> bool {
        match self {
            Self::TicketCreated { .. }
            | Self::TicketStatusChanged { .. }
            | Self::TicketAssigned { .. }
            | Self::TicketFinalized
            | Self::TicketDeleted { .. }
            | Self::TicketRated { .. }
            | Self::UserUpdated { .. }
            | Self::PasswordChanged
            | Self::UserApproved => true,
            Self::TicketNotified { is_public, .. } => *is_public,
            Self::TicketUpdated { changes } => !changes.iter().all(FieldChange::is_internal),
            Self::CommentAdded { is_internal, .. }
            | Self::CommentEdited { is_internal, .. }
            | Self::CommentDeleted { is_internal, .. }
            | Self::AttachmentAdded { is_internal, .. }
            | Self::AttachmentRemoved { is_internal, .. } => !is_internal,
            _ => false,
        }
    }

    /// The comment or the file that it shows customers. It is told to them only while they may see that: what was said
    /// publicly can be taken back, or become internal.
    pub const fn shows(&self) -> Option<Uuid> {
        match self {
            Self::CommentAdded { comment, is_internal: false, .. } | Self::CommentEdited { comment, is_internal: false, .. } => {
                Some(comment.0)
            }
            Self::AttachmentAdded { file, is_internal: false, .. } => Some(file.0),
            _ => None,
        }
    }
}

/// The lines of history that whoever works on a ticket may read besides those that customers may: what is said and put
/// there among staff, and deadlines. What tells of other tickets, or of notices to others, is not among them.
pub const TECHNICIANS_READ: [&str; 7] = [
    "response_added",
    "comment_edited",
    "comment_deleted",
    "attachment_added",
    "attachment_removed",
    "sla_warned",
    "sla_breached",
];

/// The line that customers may read and whoever works on a ticket may not.
pub const RATING: &str = "rated";

impl Event {
    /// What of it who works on its ticket may hear: no admin notes, nothing of other tickets, not which rule it was.
    pub fn for_technicians(&self) -> Option<Self> {
        let is_read = |line: &HistoryEntry| TECHNICIANS_READ.contains(&line.action);
        let is_theirs = matches!(self.happened, Happened::WorkOrder(_)) || self.history().iter().any(is_read);
        if is_theirs { Some(Self { origin: None, ..self.clone() }) } else { self.for_requesters() }
    }

    /// Whether it stays among staff.
    pub fn is_internal(&self) -> bool {
        !self.happened.is_public()
    }

    /// What of it the requester of its ticket, or whoever's account it is about, may hear.
    pub fn for_requesters(&self) -> Option<Self> {
        let happened = match &self.happened {
            Happened::TicketUpdated { changes } => {
                let changes = changes.iter().filter(|change| !change.is_internal()).cloned().collect();
                Happened::TicketUpdated { changes }
            }
            happened => happened.clone(),
        };
        self.happened.is_public().then(|| Self { happened, origin: None, ..self.clone() })
    }
}
