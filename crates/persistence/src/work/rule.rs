//! Rules, and what they did.

use helpdesk_domain::automation::{Cursor, Outcome, Rule, RuleLogEntry};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{Revision, RuleId, UserId};
use sea_orm::{DbErr, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros};
use crate::portable;

const INSERT: &str = "INSERT INTO rule (name, name_key, description, is_active, position, trigger_kind, begins_with, conditions, \
    actions, active_since, updated_at, organization, id, created_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";

const UPDATE: &str = "UPDATE rule SET name = ?, name_key = ?, description = ?, is_active = ?, position = ?, trigger_kind = ?, \
    begins_with = ?, conditions = ?, actions = ?, active_since = ?, updated_at = ?, revision = revision + 1 \
    WHERE organization = ? AND id = ? AND revision = ?";

const FORGET: &str = "DELETE FROM rule_log WHERE rule = (SELECT serial FROM rule WHERE organization = ? AND id = ?)";

const FORGET_PLACE: &str = "DELETE FROM rule_cursor WHERE organization = ? AND rule_key = ?";

const MOVE: &str = "INSERT INTO rule_cursor (organization, rule_key, since, at, ticket) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (organization, rule_key) DO UPDATE SET since = excluded.since, at = excluded.at, ticket = excluded.ticket \
    WHERE rule_cursor.at = ? AND rule_cursor.ticket = ?";

const DELETE: &str = "DELETE FROM rule WHERE organization = ? AND id = ? AND revision = ?";

const LOG: &str = "INSERT INTO rule_log (organization, rule, ticket, event_position, outcome, detail, created_at) \
    SELECT organization, serial, ?, ?, ?, ?, ? FROM rule WHERE organization = ? AND id = ?";

/// As an account that was deleted, it is in no list, has no name that others could want, and nobody logs in with it.
const AUTOMATON: &str = "INSERT INTO account (id, organization, username, username_key, email, email_key, password_hash, first_name, \
    last_name, middle_name, suffix, role, is_approved, is_active, company_number, created_at, updated_at, deleted_at, revision) \
    VALUES (?, ?, 'automation', 'automation', '', '', '', 'Automation', '', '', '', 'agent', ?, ?, 0, ?, ?, ?, 1) ON CONFLICT DO NOTHING";

pub(super) async fn add(writing: &Writing<'_>, new: &Rule) -> Result<(), Refused> {
    let mut values = values(new)?;
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Rule) -> Result<(), Refused> {
    let mut values = values(changed)?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    touched(portable::execute(writing.transaction, UPDATE, values).await?)
}

pub(super) async fn delete(writing: &Writing<'_>, id: RuleId, revision: Revision) -> Result<(), Refused> {
    let key = Value::from(id.to_string());
    portable::execute(writing.transaction, FORGET_PLACE, vec![writing.organization.into(), key]).await?;
    let (organization, id) = (Value::from(writing.organization), Value::from(id.0));
    portable::execute(writing.transaction, FORGET, vec![organization.clone(), id.clone()]).await?;
    touched(portable::execute(writing.transaction, DELETE, vec![organization, id, revision.into()]).await?)
}

pub(super) async fn log(writing: &Writing<'_>, entry: &RuleLogEntry) -> Result<(), Refused> {
    let RuleLogEntry { rule, ticket, event, outcome, detail, at } = entry;
    let number = Outcome::ALL.iter().position(|other| other == outcome).and_then(|place| i16::try_from(place).ok());
    let values = vec![
        ticket.0.into(),
        (*event).into(),
        number.unwrap_or_default().into(),
        detail.as_str().into(),
        micros(*at).into(),
        writing.organization.into(),
        rule.0.into(),
    ];
    portable::execute(writing.transaction, LOG, values).await?;
    Ok(())
}

/// A place that was not reached from where it is stored was moved by somebody else.
pub(super) async fn move_cursor(
    writing: &Writing<'_>,
    key: &str,
    since: Moment,
    from: Option<Cursor>,
    to: Cursor,
) -> Result<(), Refused> {
    let values = vec![
        writing.organization.into(),
        key.into(),
        micros(since).into(),
        micros(to.at).into(),
        to.ticket.into(),
        from.map(|from| micros(from.at)).into(),
        from.map(|from| from.ticket).into(),
    ];
    touched(portable::execute(writing.transaction, MOVE, values).await?)
}

pub(super) async fn keep_automaton(writing: &Writing<'_>, id: UserId) -> Result<(), Refused> {
    let (yes, no, now) = (true.into(), false.into(), Value::from(micros(writing.store.clock.now())));
    let values = vec![id.0.into(), writing.organization.into(), yes, no, now.clone(), now.clone(), now];
    portable::execute(writing.transaction, AUTOMATON, values).await?;
    Ok(())
}

fn touched(rows: u64) -> Result<(), Refused> {
    if rows == 0 { Err(Refused::Stale) } else { Ok(()) }
}

fn values(rule: &Rule) -> Result<Vec<Value>, DbErr> {
    Ok(vec![
        rule.name.as_str().into(),
        rule.name.as_str().to_lowercase().into(),
        rule.description.as_str().into(),
        rule.is_active.into(),
        rule.position.into(),
        rule.trigger.kind().word().into(),
        json(&rule.trigger)?.into(),
        json(&rule.conditions)?.into(),
        json(&rule.actions)?.into(),
        micros(rule.active_since).into(),
        micros(rule.updated_at).into(),
    ])
}
