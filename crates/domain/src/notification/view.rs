//! Notifications, shown.

use super::NotificationKind;
use crate::kernel::clock::Moment;
use crate::kernel::id::{NotificationId, Revision, Serial, TicketId, WorkOrderId};
use crate::ticket::Priority;

/// A ticket, as a notification names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketMention {
    /// UUID.
    pub id: TicketId,
    /// Integer.
    pub serial: Serial,
    /// Shown as `TX0001`.
    pub number: i64,
    /// What it is called now.
    pub title: String,
}

/// A work order, as a notification names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkMention {
    /// UUID.
    pub id: WorkOrderId,
    /// Integer.
    pub serial: Serial,
    /// Shown as `WO0001`.
    pub number: i64,
    /// What it is called now.
    pub title: String,
}

/// A notification, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationView {
    /// UUID.
    pub id: NotificationId,
    /// Integer.
    pub serial: Serial,
    /// What for.
    pub kind: NotificationKind,
    /// How much it presses.
    pub priority: Priority,
    /// The line that a list shows.
    pub title: String,
    /// The sentence.
    pub message: String,
    /// The ticket that it is about.
    pub ticket: Option<TicketMention>,
    /// The work order that it is about.
    pub work_order: Option<WorkMention>,
    /// When it happened.
    pub created_at: Moment,
    /// When it was read.
    pub read_at: Option<Moment>,
}

impl NotificationView {
    /// What stands for a notification whose ticket or work order is gone, or is not the reader's to see any more.
    pub const WITHHELD: &'static str = "No longer available";

    /// How often it was written: being read is the one thing that becomes of it.
    pub fn revision(&self) -> Revision {
        1 + Revision::from(self.read_at.is_some())
    }

    /// The same without what it says.
    #[must_use]
    pub fn withheld(self) -> Self {
        Self { title: Self::WITHHELD.to_owned(), message: String::new(), ticket: None, work_order: None, ..self }
    }
}
