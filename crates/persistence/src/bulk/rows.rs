//! The rows of a batch, table by table.

use std::collections::HashMap;

use helpdesk_domain::event::{Event, HistoryEntry};
use helpdesk_domain::ticket::{Comment, Ticket};
use sea_orm::{DatabaseTransaction, DbErr, Value};

use super::serials::Serials;
use super::{Loaded, Loader, insert};
use crate::column::{NEVER, json, micros, some_micros};
use crate::sla::phase;
use crate::tally::{priority_number, status_number};

const TICKET: [&str; 41] = [
    "serial",
    "id",
    "organization",
    "number",
    "title",
    "description",
    "status",
    "priority",
    "category",
    "sub_category",
    "department",
    "requester",
    "assignee",
    "contact_email",
    "admin_notes",
    "custom_fields",
    "due_override",
    "due_at",
    "scheduled_date",
    "resolution",
    "rejection_reason",
    "public_comments",
    "internal_comments",
    "tag_count",
    "created_at",
    "updated_at",
    "first_response_at",
    "resolved_at",
    "closed_at",
    "finalized_at",
    "pauses",
    "at_risk_at",
    "asked_at",
    "answered_at",
    "sla_phase",
    "sla_version",
    "sla_terms",
    "alarm_at",
    "alarms_rung",
    "status_since",
    "revision",
];

const LABEL: [&str; 3] = ["ticket", "tag", "created_at"];

const COMMENT: [&str; 9] =
    ["id", "ticket", "author", "content", "is_internal", "mentions", "created_at", "updated_at", "revision"];

pub(super) const EVENT: [&str; 9] =
    ["organization", "position", "id", "subject_kind", "subject_id", "actor_id", "actor_name", "at", "payload"];

const HISTORY: [&str; 9] = ["ticket", "actor", "action", "details", "field", "old_value", "new_value", "is_public", "created_at"];

/// Rows that wait to be written.
pub(super) struct Rows<'a> {
    loader: &'a Loader,
    serials: Serials,
    /// The integers of what done tickets were judged by.
    terms: HashMap<String, i64>,
    tickets: Vec<Value>,
    labels: Vec<Value>,
    comments: Vec<Value>,
    events: Vec<Value>,
    history: Vec<Value>,
}

impl Loader {
    /// The row of an event at its position.
    pub(super) fn event(&self, event: &Event, position: i64) -> Result<[Value; EVENT.len()], DbErr> {
        let Event { organization: _, subject, actor, actor_name, origin: _, at, happened } = event;
        Ok([
            self.organization.into(),
            position.into(),
            self.store.ids.next().into(),
            subject.kind().into(),
            subject.id().into(),
            actor.map(|id| id.0).into(),
            actor_name.as_str().into(),
            micros(*at).into(),
            json(happened)?.into(),
        ])
    }
}

impl<'a> Rows<'a> {
    pub fn new(loader: &'a Loader, serials: Serials, terms: HashMap<String, i64>) -> Self {
        let (tickets, labels, comments) = (Vec::new(), Vec::new(), Vec::new());
        Self { loader, serials, terms, tickets, labels, comments, events: Vec::new(), history: Vec::new() }
    }

    /// Adds everything of one ticket, as it was judged; answers its integer and its number.
    pub fn add(&mut self, loaded: &Loaded, ticket: &Ticket) -> Result<(i64, i64), DbErr> {
        let Loaded { ticket: _, comments, events } = loaded;
        let (serial, number) = self.serials.ticket()?;
        self.ticket(serial, number, ticket, comments)?;
        for tag in &ticket.tags {
            let tag = self.loader.places.tag(*tag)?;
            self.labels.extend([serial.into(), tag.into(), micros(ticket.created_at).into()]);
        }
        for comment in comments {
            self.comment(serial, comment)?;
        }
        for event in events {
            self.event(event)?;
            for entry in event.history() {
                self.history(serial, event, entry)?;
            }
        }
        Ok((serial, number))
    }

    fn ticket(&mut self, serial: i64, number: i64, ticket: &Ticket, comments: &[Comment]) -> Result<(), DbErr> {
        let places = &self.loader.places;
        let internal = comments.iter().filter(|comment| comment.is_internal).count();
        let values: [Value; TICKET.len()] = [
            serial.into(),
            ticket.id.0.into(),
            self.loader.organization.into(),
            number.into(),
            ticket.title.as_str().into(),
            ticket.description.as_str().into(),
            status_number(ticket.status).into(),
            priority_number(ticket.priority).into(),
            ticket.category.map(|category| places.category(category)).transpose()?.into(),
            ticket.sub_category.clone().into(),
            ticket.department.map(|department| places.department(department)).transpose()?.into(),
            places.person(ticket.requester)?.into(),
            ticket.assignee.map(|assignee| places.person(assignee)).transpose()?.into(),
            ticket.contact_email.as_ref().map(|email| email.as_str().to_owned()).into(),
            ticket.admin_notes.clone().into(),
            json(&ticket.custom_fields)?.into(),
            some_micros(ticket.due_override).into(),
            ticket.due().map_or(NEVER, micros).into(),
            ticket.scheduled_date.map(|day| day.to_string()).into(),
            ticket.resolution.clone().into(),
            ticket.rejection_reason.clone().into(),
            count(comments.len() - internal).into(),
            count(internal).into(),
            count(ticket.tags.len()).into(),
            micros(ticket.created_at).into(),
            micros(ticket.updated_at).into(),
            some_micros(ticket.first_response_at).into(),
            some_micros(ticket.resolved_at).into(),
            some_micros(ticket.closed_at).into(),
            some_micros(ticket.finalized_at).into(),
            json(&ticket.pauses)?.into(),
            ticket.judged.resolution.at_risk.map_or(NEVER, micros).into(),
            some_micros(ticket.asked_at).into(),
            some_micros(ticket.answered_at).into(),
            phase(ticket).into(),
            ticket.judged.version.into(),
            ticket.judged.frozen.as_ref().and_then(|frozen| self.terms.get(&frozen.terms.key())).copied().into(),
            some_micros(ticket.judged.next_alarm).into(),
            ticket.judged.rung.bits().into(),
            micros(ticket.closed_at.or(ticket.resolved_at).unwrap_or(ticket.updated_at)).into(),
            ticket.revision.into(),
        ];
        self.tickets.extend(values);
        Ok(())
    }

    fn comment(&mut self, ticket: i64, comment: &Comment) -> Result<(), DbErr> {
        let values: [Value; COMMENT.len()] = [
            comment.id.0.into(),
            ticket.into(),
            self.loader.places.person(comment.author)?.into(),
            comment.content.as_str().into(),
            comment.is_internal.into(),
            json(&comment.mentions)?.into(),
            micros(comment.created_at).into(),
            micros(comment.updated_at).into(),
            comment.revision.into(),
        ];
        self.comments.extend(values);
        Ok(())
    }

    fn event(&mut self, event: &Event) -> Result<(), DbErr> {
        let position = self.serials.position();
        self.events.extend(self.loader.event(event, position)?);
        Ok(())
    }

    fn history(&mut self, ticket: i64, event: &Event, entry: HistoryEntry) -> Result<(), DbErr> {
        let HistoryEntry { action, details, field, old, new, is_public } = entry;
        let values: [Value; HISTORY.len()] = [
            ticket.into(),
            event.actor.map(|id| self.loader.places.person(id)).transpose()?.into(),
            action.into(),
            details.into(),
            field.into(),
            old.into(),
            new.into(),
            is_public.into(),
            micros(event.at).into(),
        ];
        self.history.extend(values);
        Ok(())
    }

    /// Writes them, what is referred to first.
    pub async fn write(self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        insert(transaction, "ticket", &TICKET, self.tickets).await?;
        insert(transaction, "ticket_tag", &LABEL, self.labels).await?;
        insert(transaction, "comment", &COMMENT, self.comments).await?;
        insert(transaction, "ticket_history", &HISTORY, self.history).await?;
        insert(transaction, "event", &EVENT, self.events).await
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
