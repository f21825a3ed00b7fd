//! The history of a ticket or a work order as people read it, made from its events.

use chrono::SecondsFormat;

use super::{Event, FieldChange, Happened, Named, RATING, WorkOrderHappened};
use crate::field_service::{WorkPart, WorkPartChange};
use crate::kernel::clock::Moment;
use crate::sla::ClockKind;

/// One line of the history of a ticket or a work order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// What was done: `created`, `updated`, `status_changed`, `assigned`, `response_added` …
    pub action: &'static str,
    /// The whole of it as a sentence.
    pub details: String,
    /// The field that changed.
    pub field: Option<String>,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// Whether customers may read the line.
    pub is_public: bool,
}

impl Event {
    /// The lines that the event adds to the history of its ticket or work order; none for events of other subjects.
    pub fn history(&self) -> Vec<HistoryEntry> {
        self.happened.history(&self.actor_name)
    }
}

impl Happened {
    /// The lines that it adds to the history of its ticket or work order when `by` does it.
    pub fn history(&self, by: &str) -> Vec<HistoryEntry> {
        let is_public = self.is_public();
        let lines = self.lines(by).into_iter();
        lines.map(|line| HistoryEntry { is_public: is_public && line.is_public, ..line }).collect()
    }

    fn lines(&self, by: &str) -> Vec<HistoryEntry> {
        match self {
            Self::TicketCreated { .. } => vec![line("created", format!("Ticket created by {by}"))],
            Self::TicketStatusChanged { from, to, action } => vec![moved(from.word(), to.word(), action.past())],
            Self::TicketAssigned { from, to } => vec![assigned(from.as_ref(), to.as_ref())],
            Self::TicketUpdated { changes } => changes.iter().map(updated).collect(),
            Self::TicketFinalized => vec![line("finalized", format!("Ticket finalized by {by}"))],
            Self::TicketDeleted { .. } => vec![line("deleted", format!("Ticket deleted by {by}"))],
            Self::TicketLinked { relation, other, .. } => {
                vec![line("linked", format!("Linked: {} {}", spaced(relation), other.name()))]
            }
            Self::TicketUnlinked { relation, other, .. } => {
                vec![line("unlinked", format!("Link ended: {} {}", spaced(relation), other.name()))]
            }
            Self::TicketMerged { into } => vec![line("merged", format!("Merged into {}", into.name()))],
            Self::TicketAbsorbed { from } => vec![line("merged", format!("{} was merged into this ticket", from.name()))],
            Self::TicketMergeUndone { other } => vec![line("unmerged", format!("Merge with {} undone", other.name()))],
            Self::TicketSplit { into } => vec![line("split", format!("Comments moved to a new ticket: {}", into.name()))],
            Self::TicketSplitOff { from } => vec![line("split", format!("Split off from {}", from.name()))],
            Self::TicketSplitUndone { other } => vec![line("unsplit", format!("Split of {} undone", other.name()))],
            Self::TicketRated { score, .. } => vec![line(RATING, format!("Rated {score} of 5 by {by}"))],
            Self::TicketNotified { message, .. } => vec![line("notified", format!("Notified: {message}"))],
            Self::SlaWarned { clock, due } => {
                vec![line("sla_warned", format!("{} is due at {}", promise(*clock), told(*due)))]
            }
            Self::SlaBreached { clock, due } => {
                vec![line("sla_breached", format!("{} was due at {}", promise(*clock), told(*due)))]
            }
            Self::CommentAdded { is_internal: true, .. } => {
                vec![line("response_added", format!("Internal note added by {by}"))]
            }
            Self::CommentAdded { is_internal: false, .. } => {
                vec![line("response_added", format!("Response added by {by}"))]
            }
            Self::CommentEdited { .. } => {
                vec![line("comment_edited", format!("Comment edited by {by}"))]
            }
            Self::CommentDeleted { .. } => {
                vec![line("comment_deleted", format!("Comment deleted by {by}"))]
            }
            Self::AttachmentAdded { name, .. } => {
                vec![line("attachment_added", format!("Attachment added: {name}"))]
            }
            Self::AttachmentRemoved { name, .. } => {
                vec![line("attachment_removed", format!("Attachment removed: {name}"))]
            }
            Self::WorkOrder(WorkOrderHappened::Created { .. }) => {
                vec![line("created", format!("Work order created by {by}"))]
            }
            Self::WorkOrder(WorkOrderHappened::StatusChanged { from, to, .. }) => {
                vec![moved(from.word(), to.word(), "status_changed")]
            }
            Self::WorkOrder(WorkOrderHappened::Assigned { from, to, .. }) => vec![given(from.as_ref(), to.as_ref())],
            Self::WorkOrder(WorkOrderHappened::Updated { changes, .. }) => changes.iter().map(updated).collect(),
            Self::WorkOrder(WorkOrderHappened::PartChanged { part, change, name, .. }) => {
                vec![line(part.action(*change), part_sentence(*part, *change, name))]
            }
            Self::WorkOrder(WorkOrderHappened::Deleted { .. }) => {
                vec![line("deleted", format!("Work order deleted by {by}"))]
            }
            Self::UserCreated { .. }
            | Self::UserUpdated { .. }
            | Self::PasswordChanged
            | Self::UserApproved
            | Self::UserRejected { .. }
            | Self::UserDeleted
            | Self::UserErased
            | Self::OrganizationUpdated { .. }
            | Self::Cataloged { .. }
            | Self::FaqCreated { .. }
            | Self::FaqUpdated { .. }
            | Self::FaqDeleted { .. }
            | Self::ArticleCreated { .. }
            | Self::ArticleUpdated { .. }
            | Self::ArticleDeleted { .. }
            | Self::ArticleVoted { .. }
            | Self::FileUploaded { .. }
            | Self::FileDeleted { .. } => Vec::new(),
        }
    }
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

const fn promise(clock: ClockKind) -> &'static str {
    match clock {
        ClockKind::FirstResponse => "First response",
        ClockKind::NextResponse => "Next response",
        ClockKind::Resolution => "Resolution",
    }
}

fn told(moment: Moment) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn line(action: &'static str, details: String) -> HistoryEntry {
    HistoryEntry { action, details, field: None, old: None, new: None, is_public: true }
}

fn moved(from: &str, to: &str, action: &'static str) -> HistoryEntry {
    HistoryEntry {
        action,
        details: format!("Status changed from {from} to {to}"),
        field: Some("status".to_owned()),
        old: Some(from.to_owned()),
        new: Some(to.to_owned()),
        is_public: true,
    }
}

fn given(from: Option<&Named>, to: Option<&Named>) -> HistoryEntry {
    HistoryEntry { field: Some("assigned_technician".to_owned()), ..assigned(from, to) }
}

/// `Task added: Update software`.
fn part_sentence(part: WorkPart, change: WorkPartChange, name: &str) -> String {
    let mut words = part.action(change).replace('_', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    format!("{words}: {name}")
}

fn assigned(from: Option<&Named>, to: Option<&Named>) -> HistoryEntry {
    HistoryEntry {
        action: "assigned",
        details: to.map_or_else(|| "Unassigned".to_owned(), |person| format!("Assigned to {}", person.name)),
        field: Some("assigned_to".to_owned()),
        old: from.map(|person| person.name.clone()),
        new: to.map(|person| person.name.clone()),
        is_public: true,
    }
}

fn updated(change: &FieldChange) -> HistoryEntry {
    HistoryEntry {
        action: "updated",
        details: sentence(change),
        field: Some(change.field.clone()),
        old: change.old.clone(),
        new: change.new.clone(),
        is_public: !change.is_internal(),
    }
}

fn sentence(change: &FieldChange) -> String {
    let mut field = change.field.replace('_', " ");
    if let Some(first) = field.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    if matches!(change.field.as_str(), "description" | "admin_notes" | "custom_fields" | "resolution") {
        return format!("{field} updated");
    }
    // it was taken out of the log
    if change.old.is_none() && change.new.is_none() {
        return format!("{field} updated");
    }
    let shown = |value: &Option<String>| value.clone().filter(|value| !value.is_empty()).unwrap_or_else(|| "none".to_owned());
    format!("{field} changed from {} to {}", shown(&change.old), shown(&change.new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_priority_is_told_with_both_words() {
        let change = FieldChange { field: "priority".into(), old: Some("medium".into()), new: Some("high".into()) };
        assert_eq!(updated(&change).details, "Priority changed from medium to high");
    }

    #[test]
    fn an_admin_note_is_told_to_staff_only_and_without_its_text() {
        let change = FieldChange { field: "admin_notes".into(), old: None, new: Some("secret".into()) };
        let entry = updated(&change);
        assert_eq!(entry.details, "Admin notes updated");
        assert!(!entry.is_public);
    }
}
