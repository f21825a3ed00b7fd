//! History in help's words: three actions, and sentences with its states, priorities and categories.

use helpdesk_domain::event::{Happened, HistoryEntry};
use helpdesk_domain::taxonomy::HELP_CATEGORIES;
use helpdesk_domain::ticket::{HistoryView, Priority, Status};

use super::vocabulary;

/// What help calls an action: `created`, `updated` or `response_added`.
pub fn action(action: &str) -> &'static str {
    match action {
        "created" => "created",
        "response_added" => "response_added",
        _ => "updated",
    }
}

/// A line of history as a sentence.
pub fn of_line(line: &HistoryView) -> String {
    let values = (line.old.as_deref(), line.new.as_deref());
    told(&line.action, line.field.as_deref(), values, &line.details)
}

/// What an edit changed, as sentences: the status first, then fields, then the assignee. Admins' notes add none.
pub fn changes(happened: &[Happened]) -> Vec<String> {
    let lines = happened.iter().flat_map(|what| what.history("")).filter(|line| line.field.as_deref() != Some("admin_notes"));
    let mut lines: Vec<HistoryEntry> = lines.collect();
    lines.sort_by_key(|line| match line.field.as_deref() {
        Some("status") => 0,
        Some("assigned_to") => 2,
        _ => 1,
    });
    let sentence =
        |line: &HistoryEntry| told(line.action, line.field.as_deref(), (line.old.as_deref(), line.new.as_deref()), &line.details);
    lines.iter().map(sentence).collect()
}

fn told(action: &str, field: Option<&str>, (old, new): (Option<&str>, Option<&str>), details: &str) -> String {
    let word = match field {
        Some("status") => status,
        Some("priority") => priority,
        Some("category") => category,
        _ => return details.strip_prefix("Ticket ").map_or_else(|| details.to_owned(), |rest| format!("Help request {rest}")),
    };
    let (old, new, field) = (word(old), word(new), field.unwrap_or_default());
    if old == new {
        return format!("Help request {}", action.replace('_', " "));
    }
    let field = if field == "status" {
        "Status"
    } else if field == "priority" {
        "Priority"
    } else {
        "Category"
    };
    format!("{field} changed from {old} to {new}")
}

fn status(word: Option<&str>) -> String {
    word.and_then(Status::parse).map_or_else(|| "none".to_owned(), vocabulary::status)
}

fn priority(word: Option<&str>) -> String {
    vocabulary::priority(word.and_then(Priority::parse))
}

/// History keeps a category's name as it was.
fn category(name: Option<&str>) -> String {
    let Some(name) = name else { return "other".to_owned() };
    let known = HELP_CATEGORIES.iter().find(|(_, known)| *known == name);
    known.map_or_else(|| name.to_owned(), |(slug, _)| (*slug).to_owned())
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::event::{FieldChange, Named};
    use helpdesk_domain::kernel::id::UserId;
    use helpdesk_domain::ticket::Action;

    use super::*;

    fn change(field: &str, old: &str, new: &str) -> FieldChange {
        FieldChange { field: field.to_owned(), old: Some(old.to_owned()), new: Some(new.to_owned()) }
    }

    #[test]
    fn changes_are_told_as_in_the_seed() {
        let fields = vec![change("priority", "medium", "high"), change("admin_notes", "", "Escalated to technical team")];
        let jane = Named { id: UserId(uuid::Uuid::nil()), name: "Jane Smith".to_owned() };
        let happened = [
            Happened::TicketUpdated { changes: fields },
            Happened::TicketAssigned { from: None, to: Some(jane) },
            Happened::TicketStatusChanged {
                from: Status::Open,
                to: Status::InProgress,
                action: Action::Update(Status::InProgress),
            },
        ];
        let told = changes(&happened);
        assert_eq!(
            told,
            ["Status changed from open to in_progress", "Priority changed from medium to high", "Assigned to Jane Smith"]
        );
    }

    #[test]
    fn a_step_that_help_has_no_words_for_is_told_without() {
        let step = ("approved", Some("status"), (Some("new"), Some("open")));
        assert_eq!(told(step.0, step.1, step.2, ""), "Help request approved");
    }
}
