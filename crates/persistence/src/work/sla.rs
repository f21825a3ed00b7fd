//! Policies and calendars, and what is remembered of the clocks of a ticket.

use helpdesk_domain::kernel::id::{CalendarId, PolicyId, Revision};
use helpdesk_domain::sla::{Calendar, Policy};
use helpdesk_domain::ticket::Ticket;
use sea_orm::{DbErr, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::{NEVER, json, micros, some_micros};
use crate::fault::breaks_reference;
use crate::portable;
use crate::sla::phase;

pub(super) async fn add_calendar(writing: &Writing<'_>, new: &Calendar) -> Result<(), Refused> {
    const ADD: &str = "INSERT INTO sla_calendar (name, name_key, form, updated_at, organization, id, created_at, revision) \
                       VALUES (?, ?, ?, ?, ?, ?, ?, 1)";
    let mut values = of_calendar(new)?;
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, ADD, values).await?;
    Ok(())
}

pub(super) async fn save_calendar(writing: &Writing<'_>, changed: &Calendar) -> Result<(), Refused> {
    const SAVE: &str = "UPDATE sla_calendar SET name = ?, name_key = ?, form = ?, updated_at = ?, revision = revision + 1 \
                        WHERE organization = ? AND id = ? AND revision = ?";
    let mut values = of_calendar(changed)?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    touched(portable::execute(writing.transaction, SAVE, values).await?)?;
    renew(writing).await
}

pub(super) async fn delete_calendar(writing: &Writing<'_>, id: CalendarId, revision: Revision) -> Result<(), Refused> {
    const DELETE: &str = "DELETE FROM sla_calendar WHERE organization = ? AND id = ? AND revision = ?";
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    match portable::execute(writing.transaction, DELETE, values).await {
        Err(error) if breaks_reference(&error) => Err(Refused::Taken("calendar_in_use")),
        gone => touched(gone?),
    }
}

const CALENDAR: &str = "(SELECT serial FROM sla_calendar WHERE organization = ? AND id = ?)";

pub(super) async fn add_policy(writing: &Writing<'_>, new: &Policy) -> Result<(), Refused> {
    let text = format!(
        "INSERT INTO sla_policy (name, name_key, position, conditions, first_response, next_response, resolution, calendar, \
         at_risk_percent, updated_at, organization, id, created_at, revision) \
         VALUES (?, ?, ?, ?, ?, ?, ?, {CALENDAR}, ?, ?, ?, ?, ?, 1)"
    );
    let mut values = of_policy(writing.organization, new)?;
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, &text, values).await?;
    placed(writing, new).await?;
    renew(writing).await
}

pub(super) async fn save_policy(writing: &Writing<'_>, changed: &Policy) -> Result<(), Refused> {
    let text = format!(
        "UPDATE sla_policy SET name = ?, name_key = ?, position = ?, conditions = ?, first_response = ?, next_response = ?, \
         resolution = ?, calendar = {CALENDAR}, at_risk_percent = ?, updated_at = ?, revision = revision + 1 \
         WHERE organization = ? AND id = ? AND revision = ?"
    );
    let mut values = of_policy(writing.organization, changed)?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    touched(portable::execute(writing.transaction, &text, values).await?)?;
    placed(writing, changed).await?;
    renew(writing).await
}

pub(super) async fn delete_policy(writing: &Writing<'_>, id: PolicyId, revision: Revision) -> Result<(), Refused> {
    const DELETE: &str = "DELETE FROM sla_policy WHERE organization = ? AND id = ? AND revision = ?";
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    touched(portable::execute(writing.transaction, DELETE, values).await?)?;
    renew(writing).await
}

/// A calendar that is not there has been deleted since the use case looked it up.
async fn placed(writing: &Writing<'_>, policy: &Policy) -> Result<(), Refused> {
    const LOST: &str = "UPDATE sla_policy SET revision = revision WHERE organization = ? AND id = ? AND calendar IS NULL";
    if policy.calendar.is_none() {
        return Ok(());
    }
    let values = vec![writing.organization.into(), policy.id.0.into()];
    let lost = portable::execute(writing.transaction, LOST, values).await?;
    if lost == 0 { Ok(()) } else { Err(Refused::Stale) }
}

/// Everything that is not done is to be judged anew.
async fn renew(writing: &Writing<'_>) -> Result<(), Refused> {
    const RENEW: &str = "UPDATE organization SET sla_version = sla_version + 1 WHERE serial = ?";
    portable::execute(writing.transaction, RENEW, vec![writing.organization.into()]).await?;
    Ok(())
}

fn touched(rows: u64) -> Result<(), Refused> {
    if rows == 0 { Err(Refused::Stale) } else { Ok(()) }
}

fn of_calendar(calendar: &Calendar) -> Result<Vec<Value>, DbErr> {
    Ok(vec![
        calendar.name.as_str().into(),
        calendar.name.as_str().to_lowercase().into(),
        json(&calendar.hours)?.into(),
        micros(calendar.updated_at).into(),
    ])
}

fn of_policy(organization: i64, policy: &Policy) -> Result<Vec<Value>, DbErr> {
    Ok(vec![
        policy.name.as_str().into(),
        policy.name.as_str().to_lowercase().into(),
        policy.position.into(),
        json(&policy.conditions)?.into(),
        policy.targets.first_response.into(),
        policy.targets.next_response.into(),
        policy.targets.resolution.into(),
        organization.into(),
        policy.calendar.map(|id| id.0).into(),
        policy.at_risk_percent.into(),
        micros(policy.updated_at).into(),
    ])
}

/// Keeps what a ticket was judged by when it was done, once for all tickets that were judged by the same.
pub(super) async fn keep_terms(writing: &Writing<'_>, ticket: &Ticket) -> Result<(), DbErr> {
    const KEEP: &str = "INSERT INTO sla_terms (organization, version_key, terms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    let Some(frozen) = &ticket.judged.frozen else { return Ok(()) };
    let values = vec![writing.organization.into(), frozen.terms.key().into(), json(&frozen.terms)?.into()];
    portable::execute(writing.transaction, KEEP, values).await.map(drop)
}

/// What is remembered of the clocks of a ticket, in the order of its columns.
pub(super) fn values(organization: i64, ticket: &Ticket) -> [Value; 9] {
    let judged = &ticket.judged;
    [
        judged.resolution.at_risk.map_or(NEVER, micros).into(),
        some_micros(ticket.asked_at).into(),
        some_micros(ticket.answered_at).into(),
        phase(ticket).into(),
        judged.version.into(),
        organization.into(),
        judged.frozen.as_ref().map(|frozen| frozen.terms.key()).into(),
        some_micros(judged.next_alarm).into(),
        judged.rung.bits().into(),
    ]
}
