//! What conditions are judged by: a ticket, and what happened to it.

use serde_json::{Map, Value};

use super::field::Field;
use super::term::{Names, Term};
use crate::event::{FieldChange, Happened, Named};
use crate::ticket::TicketState;

/// A ticket, and what happened to it.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The ticket as it is.
    pub ticket: &'a TicketState,
    /// What happened; none where time went by.
    pub happened: Option<&'a Happened>,
    /// What things are called.
    pub names: &'a Names,
}

impl Facts<'_> {
    /// The values that the field has.
    pub(super) fn now(&self, field: &Field) -> Vec<Term> {
        let ticket = self.ticket;
        match field {
            Field::Status => vec![text(ticket.status.word())],
            Field::Priority => one(ticket.priority.map(|priority| text(priority.word()))),
            Field::Category => one(ticket.category.map(|id| Term::Id(id.0))),
            Field::SubCategory => one(ticket.sub_category.as_deref().map(text)),
            Field::Department => one(ticket.department.map(|id| Term::Id(id.0))),
            Field::AssignedTo => one(ticket.assignee.map(|id| Term::Id(id.0))),
            Field::Requester => vec![Term::Id(ticket.requester.0)],
            Field::Tags => ticket.tags.iter().map(|id| Term::Id(id.0)).collect(),
            Field::Title => vec![text(ticket.title.as_str())],
            Field::Description => vec![text(ticket.description.as_str())],
            Field::ContactEmail => one(ticket.contact_email.as_ref().map(|email| text(email.as_str()))),
            Field::Custom(key) => custom(&ticket.custom_fields, key),
            Field::Comment | Field::CommentText | Field::CommentBy => one(self.said(field)),
            Field::Clock => one(self.clock()),
            Field::Score => one(self.score()),
        }
    }

    /// The values that it had before the event.
    pub(super) fn before(&self, field: &Field) -> Vec<Term> {
        self.change(field).map_or_else(|| self.now(field), |(before, _)| before)
    }

    /// What it had and what it got, where the event gave it something else. A ticket that is opened had nothing before.
    pub(super) fn change(&self, field: &Field) -> Option<(Vec<Term>, Vec<Term>)> {
        match (self.happened?, field) {
            (Happened::TicketCreated { .. }, _) => {
                let now = self.now(field);
                (!now.is_empty()).then(|| (Vec::new(), now))
            }
            (Happened::TicketStatusChanged { from, to, .. }, Field::Status) => {
                Some((vec![text(from.word())], vec![text(to.word())]))
            }
            (Happened::TicketAssigned { from, to }, Field::AssignedTo) => Some((person(from.as_ref()), person(to.as_ref()))),
            (Happened::TicketUpdated { changes }, field) => changed(changes, field),
            _ => None,
        }
    }

    fn clock(&self) -> Option<Term> {
        match self.happened? {
            Happened::SlaWarned { clock, .. } | Happened::SlaBreached { clock, .. } => Some(text(clock.word())),
            _ => None,
        }
    }

    fn score(&self) -> Option<Term> {
        if let Happened::TicketRated { score, .. } = self.happened? { Some(Term::Other((*score).into())) } else { None }
    }

    fn said(&self, field: &Field) -> Option<Term> {
        let Happened::CommentAdded { content, is_internal, by_staff, .. } = self.happened? else { return None };
        match field {
            Field::Comment => Some(text(if *is_internal { "internal" } else { "public" })),
            Field::CommentText => Some(text(content)),
            Field::CommentBy => Some(text(if *by_staff { "staff" } else { "customer" })),
            _ => None,
        }
    }
}

fn changed(changes: &[FieldChange], field: &Field) -> Option<(Vec<Term>, Vec<Term>)> {
    let name = if matches!(field, Field::Custom(_)) { "custom_fields".into() } else { field.name() };
    let change = changes.iter().find(|change| change.field == name)?;
    let (old, new) = (change.old.as_deref(), change.new.as_deref());
    match field {
        Field::Tags => Some((labels(old), labels(new))),
        Field::Custom(key) => {
            let (before, after) = (custom(&object(old), key), custom(&object(new), key));
            (before != after).then_some((before, after))
        }
        _ => Some((one(old.map(text)), one(new.map(text)))),
    }
}

fn text(text: &str) -> Term {
    Term::Text(text.to_owned())
}

fn one(term: Option<Term>) -> Vec<Term> {
    term.into_iter().collect()
}

fn person(named: Option<&Named>) -> Vec<Term> {
    one(named.map(|person| Term::Id(person.id.0)))
}

/// Tags as history names them.
fn labels(names: Option<&str>) -> Vec<Term> {
    names.into_iter().flat_map(|names| names.split(", ")).filter(|name| !name.is_empty()).map(text).collect()
}

fn object(json: Option<&str>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

fn custom(fields: &Map<String, Value>, key: &str) -> Vec<Term> {
    match fields.get(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(value)) => vec![text(value)],
        Some(Value::Array(values)) => values.iter().map(term).collect(),
        Some(value) => vec![Term::Other(value.clone())],
    }
}

/// A value as a term.
pub(super) fn term(value: &Value) -> Term {
    value.as_str().map_or_else(|| Term::Other(value.clone()), text)
}
