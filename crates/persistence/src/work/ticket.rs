//! Tickets: the row, its labels, and what is counted of it.

use std::sync::LazyLock;

use chrono::TimeDelta;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{Revision, TicketId};
use helpdesk_domain::ticket::Ticket;
use sea_orm::{DbErr, FromQueryResult, Value};

use super::index::Touched;
use super::label::{self, Label};
use super::numbers::{count, next};
use super::route::{WAITS, waits};
use super::writing::Writing;
use super::{Refused, file, sla, transfer};
use crate::column::{NEVER, json, micros, moment, priority, some_micros, some_moment, status};
use crate::days;
use crate::portable;
use crate::search;
use crate::tally::{self, Counted, Sums};

/// For how many days the history of a deleted ticket is kept, in everybody's time: a sandbox's may be ahead.
const HISTORY_DAYS: i64 = 30;

const REFERENCE: [&str; 3] = [
    "(SELECT serial FROM category WHERE organization = ? AND id = ?)",
    "(SELECT serial FROM department WHERE organization = ? AND id = ?)",
    "(SELECT serial FROM account WHERE organization = ? AND id = ?)",
];

const TERMS: &str = "(SELECT serial FROM sla_terms WHERE organization = ? AND version_key = ?)";

/// What a save writes, and where each value comes from; [`values`] gives them in this order.
const COLUMNS: [(&str, &str); 31] = [
    ("title", "?"),
    ("description", "?"),
    ("status", "?"),
    ("priority", "?"),
    ("category", REFERENCE[0]),
    ("sub_category", "?"),
    ("department", REFERENCE[1]),
    ("requester", REFERENCE[2]),
    ("assignee", REFERENCE[2]),
    ("contact_email", "?"),
    ("admin_notes", "?"),
    ("custom_fields", "?"),
    ("due_override", "?"),
    ("due_at", "?"),
    ("scheduled_date", "?"),
    ("resolution", "?"),
    ("rejection_reason", "?"),
    ("updated_at", "?"),
    ("first_response_at", "?"),
    ("resolved_at", "?"),
    ("closed_at", "?"),
    ("finalized_at", "?"),
    ("pauses", "?"),
    ("at_risk_at", "?"),
    ("asked_at", "?"),
    ("answered_at", "?"),
    ("sla_phase", "?"),
    ("sla_version", "?"),
    ("sla_terms", TERMS),
    ("alarm_at", "?"),
    ("alarms_rung", "?"),
];

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let (names, places): (Vec<_>, Vec<_>) = COLUMNS.into_iter().unzip();
    format!(
        "INSERT INTO ticket ({}, tag_count, organization, id, number, created_at, status_since, revision) \
         VALUES ({}, ?, ?, ?, ?, ?, ?, 1) RETURNING serial, category, department, requester, assignee",
        names.join(", "),
        places.join(", ")
    )
});

static UPDATE: LazyLock<String> = LazyLock::new(|| {
    let set: Vec<String> = COLUMNS.iter().map(|(name, place)| format!("{name} = {place}")).collect();
    format!(
        "UPDATE ticket SET {}, status_since = CASE WHEN status = ? THEN status_since ELSE ? END, {WAITS}, tag_count = ?, \
         revision = revision + 1 WHERE organization = ? AND serial = ? \
         RETURNING serial, category, department, requester, assignee",
        set.join(", ")
    )
});

/// The integers behind a ticket's references.
#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
    category: Option<i64>,
    department: Option<i64>,
    requester: i64,
    assignee: Option<i64>,
}

/// A ticket as it was before.
#[derive(FromQueryResult)]
struct Stored {
    serial: i64,
    number: i64,
    title: String,
    description: String,
    status: i16,
    priority: i16,
    category: Option<i64>,
    department: Option<i64>,
    requester: i64,
    assignee: Option<i64>,
    due_at: i64,
    tag_count: i64,
    created_at: i64,
    first_response_at: Option<i64>,
    resolved_at: Option<i64>,
    closed_at: Option<i64>,
    comments: i64,
    revision: i64,
}

pub(super) async fn add(writing: &mut Writing<'_>, ticket: &Ticket) -> Result<(), Refused> {
    let number = next(&mut writing.numbers.ticket);
    sla::keep_terms(writing, ticket).await?;
    let mut values = values(writing.organization, ticket)?;
    let created_at = Value::from(micros(ticket.created_at));
    values.extend([count(ticket.tags.len()).into(), writing.organization.into(), ticket.id.0.into(), number.into()]);
    values.extend([created_at.clone(), created_at]);
    let placed = placed(writing, &INSERT, values, ticket).await?;
    let tags = label::replace(writing, placed.serial, &[], &ticket.tags, ticket.created_at).await?;
    let is = counted(writing.organization, ticket, &placed, tags);
    recount(writing, number, None, Some(&is)).await?;
    writing.touched.insert(ticket.id, touched(ticket, &placed, true, true));
    Ok(())
}

pub(super) async fn save(writing: &mut Writing<'_>, ticket: &Ticket) -> Result<(), Refused> {
    let stored = stored(writing, ticket.id).await?.filter(|stored| stored.revision == ticket.revision).ok_or(Refused::Stale)?;
    let before = stored.labels(writing).await?;
    sla::keep_terms(writing, ticket).await?;
    let mut values = values(writing.organization, ticket)?;
    let since = [tally::status_number(ticket.status).into(), micros(ticket.updated_at).into()];
    values.extend(since);
    values.extend(waits(ticket));
    values.extend([count(ticket.tags.len()).into(), writing.organization.into(), stored.serial.into()]);
    let placed = placed(writing, &UPDATE, values, ticket).await?;
    let tags = label::replace(writing, placed.serial, &before, &ticket.tags, ticket.created_at).await?;
    let was = stored.counted(writing.organization, before.iter().map(|label| label.serial).collect())?;
    let is = counted(writing.organization, ticket, &placed, tags);
    if was != is {
        recount(writing, stored.number, Some(&was), Some(&is)).await?;
    }
    let reindex = stored.title != ticket.title.as_str()
        || stored.description != ticket.description.as_str()
        || (stored.requester, stored.assignee) != (placed.requester, placed.assignee);
    writing.touched.insert(ticket.id, touched(ticket, &placed, false, reindex));
    Ok(())
}

pub(super) async fn delete(writing: &mut Writing<'_>, id: TicketId, revision: Revision, at: Moment) -> Result<(), Refused> {
    let stored = stored(writing, id).await?.filter(|stored| stored.revision == revision).ok_or(Refused::Stale)?;
    let tags = stored.labels(writing).await?.iter().map(|label| label.serial).collect();
    let transaction = writing.transaction;
    let purge_at = at.min(writing.store.clock.now()) + TimeDelta::days(HISTORY_DAYS);
    search::remove(transaction, stored.serial).await?;
    recount(writing, stored.number, Some(&stored.counted(writing.organization, tags)?), None).await?;
    tally::add(transaction, &Sums::from([tally::comments(writing.organization, -stored.comments)])).await?;
    file::delete_of_ticket(writing, stored.serial, at).await?;
    transfer::delete_of_ticket(writing, stored.serial).await?;
    for children in
        ["DELETE FROM ticket_tag WHERE ticket = ?", "DELETE FROM comment WHERE ticket = ?", "DELETE FROM rating WHERE ticket = ?"]
    {
        portable::execute(transaction, children, vec![stored.serial.into()]).await?;
    }
    let purge = "UPDATE ticket_history SET purge_at = ? WHERE ticket = ?";
    portable::execute(transaction, purge, vec![micros(purge_at).into(), stored.serial.into()]).await?;
    let row = "DELETE FROM ticket WHERE organization = ? AND serial = ?";
    portable::execute(transaction, row, vec![writing.organization.into(), stored.serial.into()]).await?;
    writing.touched.remove(&id);
    writing.deleted.insert(id, (stored.serial, purge_at));
    Ok(())
}

/// Moves a ticket from where it was counted to where it is counted now, by what it is and by the day.
async fn recount(writing: &mut Writing<'_>, number: i64, was: Option<&Counted>, is: Option<&Counted>) -> Result<(), DbErr> {
    tally::apply(writing.transaction, was, is).await?;
    let counting = writing.counting().await?;
    days::apply(writing.transaction, counting, number, was, is).await
}

fn values(organization: i64, ticket: &Ticket) -> Result<Vec<Value>, DbErr> {
    let mut values = vec![
        ticket.title.as_str().into(),
        ticket.description.as_str().into(),
        tally::status_number(ticket.status).into(),
        tally::priority_number(ticket.priority).into(),
        organization.into(),
        ticket.category.map(|id| id.0).into(),
        ticket.sub_category.clone().into(),
        organization.into(),
        ticket.department.map(|id| id.0).into(),
        organization.into(),
        ticket.requester.0.into(),
        organization.into(),
        ticket.assignee.map(|id| id.0).into(),
        ticket.contact_email.as_ref().map(|email| email.as_str().to_owned()).into(),
        ticket.admin_notes.clone().into(),
        json(&ticket.custom_fields)?.into(),
        some_micros(ticket.due_override).into(),
        ticket.due().map_or(NEVER, micros).into(),
        ticket.scheduled_date.map(|day| day.to_string()).into(),
        ticket.resolution.clone().into(),
        ticket.rejection_reason.clone().into(),
        micros(ticket.updated_at).into(),
        some_micros(ticket.first_response_at).into(),
        some_micros(ticket.resolved_at).into(),
        some_micros(ticket.closed_at).into(),
        some_micros(ticket.finalized_at).into(),
        json(&ticket.pauses)?.into(),
    ];
    values.extend(sla::values(organization, ticket));
    Ok(values)
}

/// Writes the row. What it refers to and is not there has been deleted since the use case looked it up.
async fn placed(writing: &Writing<'_>, text: &str, values: Vec<Value>, ticket: &Ticket) -> Result<Placed, Refused> {
    let placed: Placed = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    let found = (placed.category.is_some(), placed.department.is_some(), placed.assignee.is_some());
    let meant = (ticket.category.is_some(), ticket.department.is_some(), ticket.assignee.is_some());
    if found == meant { Ok(placed) } else { Err(Refused::Stale) }
}

async fn stored(writing: &Writing<'_>, id: TicketId) -> Result<Option<Stored>, DbErr> {
    let text = format!(
        "SELECT serial, number, title, description, status, priority, category, department, requester, assignee, due_at, tag_count, \
         created_at, first_response_at, resolved_at, closed_at, public_comments + internal_comments AS comments, revision FROM ticket WHERE organization = ? AND id = ?{}",
        portable::for_update(writing.store.backend())
    );
    portable::one(writing.transaction, &text, vec![writing.organization.into(), id.0.into()]).await
}

fn counted(organization: i64, ticket: &Ticket, placed: &Placed, mut tags: Vec<i64>) -> Counted {
    tags.sort_unstable();
    let Placed { serial: _, category, department, requester, assignee } = *placed;
    Counted {
        organization,
        status: ticket.status,
        priority: ticket.priority,
        category,
        department,
        requester,
        assignee,
        tags,
        created_at: ticket.created_at,
        first_response_at: ticket.first_response_at,
        due_at: ticket.due(),
        resolved_at: ticket.resolved_at,
        closed_at: ticket.closed_at,
    }
}

impl Stored {
    async fn labels(&self, writing: &Writing<'_>) -> Result<Vec<Label>, DbErr> {
        if self.tag_count == 0 { Ok(Vec::new()) } else { label::of(writing, self.serial).await }
    }

    fn counted(&self, organization: i64, mut tags: Vec<i64>) -> Result<Counted, DbErr> {
        tags.sort_unstable();
        Ok(Counted {
            organization,
            status: status(self.status)?,
            priority: priority(self.priority)?,
            category: self.category,
            department: self.department,
            requester: self.requester,
            assignee: self.assignee,
            tags,
            created_at: moment(self.created_at)?,
            first_response_at: some_moment(self.first_response_at)?,
            due_at: some_moment(Some(self.due_at).filter(|due| *due != NEVER))?,
            resolved_at: some_moment(self.resolved_at)?,
            closed_at: some_moment(self.closed_at)?,
        })
    }
}

fn touched(ticket: &Ticket, placed: &Placed, is_new: bool, reindex: bool) -> Touched {
    Touched {
        serial: placed.serial,
        requester: placed.requester,
        assignee: placed.assignee,
        title: ticket.title.to_string(),
        description: ticket.description.to_string(),
        has_comments: !is_new,
        reindex,
    }
}
