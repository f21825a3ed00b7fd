//! Changing the fields of a ticket.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{Priority, Ticket};
use crate::event::FieldChange;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, TagId};
use crate::kernel::text::{Description, Email, Title};

/// A reference to be replaced, with both names for history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap<I> {
    /// The name of the present one.
    pub old_name: Option<String>,
    /// The next one and its name.
    pub new: Option<(I, String)>,
}

/// What is to change; none leaves a field as it is. Everything has been looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketChange {
    /// Title.
    pub title: Option<Title>,
    /// Description.
    pub description: Option<Description>,
    /// Where the requester wants to be reached.
    pub contact_email: Option<Option<Email>>,
    /// Priority.
    pub priority: Option<Priority>,
    /// Category.
    pub category: Option<Swap<CategoryId>>,
    /// Finer category.
    pub sub_category: Option<Option<String>>,
    /// Department.
    pub department: Option<Swap<DepartmentId>>,
    /// All tags, with the names before and after.
    pub tags: Option<(Vec<TagId>, Vec<String>, Vec<String>)>,
    /// Fields to set, and with `null` to drop.
    pub custom_fields: Option<Map<String, Value>>,
    /// A given deadline, or none to follow the policy again.
    pub due_date: Option<Option<Moment>>,
    /// The day that the requester would like.
    pub scheduled_date: Option<Option<NaiveDate>>,
    /// Staff's notes.
    pub admin_notes: Option<Option<String>>,
    /// How it was resolved.
    pub resolution: Option<Option<String>>,
}

/// The fields that a requester may change.
const REQUESTERS_OWN: [&str; 4] = ["title", "description", "contact_email", "tags"];

impl FieldChange {
    /// Whether a requester may make this change.
    pub fn is_requesters_own(&self) -> bool {
        REQUESTERS_OWN.contains(&self.field.as_str())
    }
}

impl Ticket {
    /// Applies the change; the fields that are different now.
    pub fn change(&mut self, change: TicketChange, now: Moment) -> Vec<FieldChange> {
        let TicketChange {
            title,
            description,
            contact_email,
            priority,
            category,
            sub_category,
            department,
            tags,
            custom_fields,
            due_date,
            scheduled_date,
            admin_notes,
            resolution,
        } = change;
        let shown_due = self.due();
        let state = self.state();
        let mut told = Told::default();
        told.set("title", &mut state.title, title, |title| Some(title.to_string()));
        told.set("description", &mut state.description, description, |text| Some(text.to_string()));
        told.set("contact_email", &mut state.contact_email, contact_email, |email| email.as_ref().map(Email::to_string));
        told.set("priority", &mut state.priority, priority.map(Some), |priority| priority.map(|p| p.word().to_owned()));
        told.swap("category", &mut state.category, category);
        told.set("sub_category", &mut state.sub_category, sub_category, Clone::clone);
        told.swap("department", &mut state.department, department);
        if let Some((ids, old, new)) = tags {
            let before = std::mem::replace(&mut state.tags, ids.into_iter().collect());
            if before != state.tags {
                told.note("tags", Some(old.join(", ")), Some(new.join(", ")));
            }
        }
        if let Some(fields) = custom_fields {
            let before = state.custom_fields.clone();
            merge(&mut state.custom_fields, fields);
            if before != state.custom_fields {
                told.note(
                    "custom_fields",
                    Some(Value::Object(before).to_string()),
                    Some(Value::Object(state.custom_fields.clone()).to_string()),
                );
            }
        }
        // a shown deadline that is sent back is no override
        let due_date = due_date.filter(|wanted| wanted.is_none() || *wanted != shown_due);
        told.set("due_date", &mut state.due_override, due_date, |due| due.map(|due| due.to_rfc3339()));
        told.set("scheduled_date", &mut state.scheduled_date, scheduled_date, |date| date.map(|date| date.to_string()));
        told.set("admin_notes", &mut state.admin_notes, admin_notes, Clone::clone);
        told.set("resolution", &mut state.resolution, resolution, Clone::clone);
        // what only staff see changed moves nothing that a customer sees
        if told.0.iter().any(|change| !change.is_internal()) {
            state.updated_at = now;
        }
        told.0
    }
}

/// The changes so far.
#[derive(Default)]
pub(crate) struct Told(pub Vec<FieldChange>);

impl Told {
    pub(crate) fn note(&mut self, field: &str, old: Option<String>, new: Option<String>) {
        self.0.push(FieldChange { field: field.to_owned(), old, new });
    }

    pub(crate) fn set<T: PartialEq>(
        &mut self,
        field: &str,
        present: &mut T,
        wanted: Option<T>,
        shown: impl Fn(&T) -> Option<String>,
    ) {
        if let Some(wanted) = wanted
            && *present != wanted
        {
            let old = std::mem::replace(present, wanted);
            self.note(field, shown(&old), shown(present));
        }
    }

    pub(crate) fn swap<I: PartialEq>(&mut self, field: &str, present: &mut Option<I>, swap: Option<Swap<I>>) {
        let Some(Swap { old_name, new }) = swap else { return };
        let (id, name) = new.unzip();
        if *present != id {
            *present = id;
            self.note(field, old_name, name);
        }
    }
}

fn merge(fields: &mut Map<String, Value>, changes: Map<String, Value>) {
    for (key, value) in changes {
        if value.is_null() {
            fields.remove(&key);
        } else {
            fields.insert(key, value);
        }
    }
}
