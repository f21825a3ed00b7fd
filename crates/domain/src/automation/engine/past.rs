//! A ticket as it was: what has happened since is taken back.

use serde_json::Value;

use crate::automation::port::Findings;
use crate::automation::port::Thing;
use crate::event::{FieldChange, Happened};
use crate::kernel::id::Reference;
use crate::kernel::text::{Description, Email, Title};
use crate::ticket::{Priority, TicketState};

/// What the values of before are called, where they are things.
pub(super) fn named_in(happened: &Happened) -> Vec<(Thing, Reference)> {
    let Happened::TicketUpdated { changes } = happened else { return Vec::new() };
    changes.iter().flat_map(named).collect()
}

fn named(change: &FieldChange) -> Vec<(Thing, Reference)> {
    let old = change.old.iter().map(|name| Reference::Name(name.clone()));
    match change.field.as_str() {
        "category" => old.map(|name| (Thing::Category, name)).collect(),
        "department" => old.map(|name| (Thing::Department, name)).collect(),
        "tags" => labels(change).map(|name| (Thing::Tag, name)).collect(),
        _ => Vec::new(),
    }
}

fn labels(change: &FieldChange) -> impl Iterator<Item = Reference> {
    let names = change.old.iter().flat_map(|names| names.split(", ")).filter(|name| !name.is_empty());
    names.map(|name| Reference::Name(name.to_owned()))
}

/// Takes it back. What is not called so any more is as if it had not been.
pub(super) fn undo(ticket: &mut TicketState, happened: &Happened, findings: &Findings) {
    match happened {
        Happened::TicketStatusChanged { from, .. } => ticket.status = *from,
        Happened::TicketAssigned { from, .. } => ticket.assignee = from.as_ref().map(|person| person.id),
        Happened::TicketUpdated { changes } => changes.iter().for_each(|change| reset(ticket, change, findings)),
        _ => {}
    }
}

fn reset(ticket: &mut TicketState, change: &FieldChange, findings: &Findings) {
    let found = |thing, name: Reference| findings.get(&(thing, name)).map(|found| found.id);
    let thing = |thing| change.old.clone().and_then(|name| found(thing, Reference::Name(name)));
    let text = || change.old.clone().unwrap_or_default();
    match change.field.as_str() {
        "title" => ticket.title = Title::trusted(text()),
        "description" => ticket.description = Description::trusted(text()),
        "contact_email" => ticket.contact_email = change.old.clone().map(Email::trusted),
        "priority" => ticket.priority = change.old.as_deref().and_then(Priority::parse),
        "category" => ticket.category = thing(Thing::Category).map(Into::into),
        "sub_category" => ticket.sub_category.clone_from(&change.old),
        "department" => ticket.department = thing(Thing::Department).map(Into::into),
        "tags" => ticket.tags = labels(change).filter_map(|name| found(Thing::Tag, name)).map(Into::into).collect(),
        "resolution" => ticket.resolution.clone_from(&change.old),
        "custom_fields" => {
            let fields = change.old.as_deref().and_then(|json| serde_json::from_str(json).ok());
            if let Some(Value::Object(fields)) = fields {
                ticket.custom_fields = fields;
            }
        }
        _ => {}
    }
}
