//! Routes, and tickets that wait.

use helpdesk_domain::kernel::id::{Revision, RouteId, TicketId};
use helpdesk_domain::routing::Route;
use helpdesk_domain::ticket::Ticket;
use sea_orm::{DbErr, FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros};
use crate::portable;
use crate::routing::{open_statuses, strategy_number};
use crate::sql::Sql;

const CATEGORY: &str = "(SELECT serial FROM category WHERE organization = ? AND id = ?)";
const DEPARTMENT: &str = "(SELECT serial FROM department WHERE organization = ? AND id = ?)";

#[derive(FromQueryResult)]
struct Placed {
    category: Option<i64>,
    of_department: Option<i64>,
    department: Option<i64>,
}

pub(super) async fn add(writing: &Writing<'_>, new: &Route) -> Result<(), Refused> {
    let text = format!(
        "INSERT INTO route (name, name_key, position, is_active, category, of_department, department, strategy, skills, agents, \
         updated_at, organization, id, created_at, revision) \
         VALUES (?, ?, ?, ?, {CATEGORY}, {DEPARTMENT}, {DEPARTMENT}, ?, ?, ?, ?, ?, ?, ?, 1) \
         RETURNING category, of_department, department"
    );
    let mut values = values(writing.organization, new)?;
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    write(writing, &text, values, new).await
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Route) -> Result<(), Refused> {
    let text = format!(
        "UPDATE route SET name = ?, name_key = ?, position = ?, is_active = ?, category = {CATEGORY}, \
         of_department = {DEPARTMENT}, department = {DEPARTMENT}, strategy = ?, skills = ?, agents = ?, updated_at = ?, \
         revision = revision + 1 WHERE organization = ? AND id = ? AND revision = ? \
         RETURNING category, of_department, department"
    );
    let mut values = values(writing.organization, changed)?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    write(writing, &text, values, changed).await
}

pub(super) async fn delete(writing: &Writing<'_>, id: RouteId, revision: Revision) -> Result<(), Refused> {
    // Tickets that waited for it wait without a route.
    const DELETE: &str = "DELETE FROM route WHERE organization = ? AND id = ? AND revision = ?";
    const END: &str = "DELETE FROM route_turn WHERE organization = ? AND turn = ?";
    let (organization, turn) = (Value::from(writing.organization), Value::from(id.0));
    let values = vec![organization.clone(), turn.clone(), revision.into()];
    if portable::execute(writing.transaction, DELETE, values).await? == 0 {
        return Err(Refused::Stale);
    }
    portable::execute(writing.transaction, END, vec![organization, turn]).await?;
    Ok(())
}

/// Writes the row. A category or department that is not there has been deleted since the use case looked it up.
async fn write(writing: &Writing<'_>, text: &str, values: Vec<Value>, route: &Route) -> Result<(), Refused> {
    let placed: Placed = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    let found = [placed.category.is_some(), placed.of_department.is_some(), placed.department.is_some()];
    if found != [route.matches.category.is_some(), route.matches.department.is_some(), route.department.is_some()] {
        return Err(Refused::Stale);
    }
    Ok(())
}

fn values(organization: i64, route: &Route) -> Result<Vec<Value>, DbErr> {
    Ok(vec![
        route.name.as_str().into(),
        route.name.as_str().to_lowercase().into(),
        route.position.into(),
        route.is_active.into(),
        organization.into(),
        route.matches.category.map(|id| id.0).into(),
        organization.into(),
        route.matches.department.map(|id| id.0).into(),
        organization.into(),
        route.department.map(|id| id.0).into(),
        strategy_number(route.strategy).into(),
        json(&route.skills)?.into(),
        json(&route.agents)?.into(),
        micros(route.updated_at).into(),
    ])
}

/// What a save does to a ticket that waits: one that has somebody, or is not open, waits no longer.
pub(super) const WAITS: &str = "waits = waits AND ?, waits_for = CASE WHEN ? THEN waits_for END";

/// The values of [`WAITS`].
pub(super) fn waits(ticket: &Ticket) -> [Value; 2] {
    let may_wait = ticket.assignee.is_none() && ticket.status.is_active();
    [may_wait.into(), may_wait.into()]
}

pub(super) async fn wait(writing: &Writing<'_>, ticket: TicketId) -> Result<(), Refused> {
    let text = format!(
        "UPDATE ticket SET waits = ?, waits_for = NULL WHERE organization = ? AND id = ? AND assignee IS NULL AND status IN ({})",
        open_statuses()
    );
    let values = vec![true.into(), writing.organization.into(), ticket.0.into()];
    portable::execute(writing.transaction, &text, values).await?;
    Ok(())
}

pub(super) async fn wait_by(writing: &Writing<'_>, ticket: TicketId, by: RouteId, at: Revision) -> Result<(), Refused> {
    const WAIT: &str = "UPDATE ticket SET waits_for = (SELECT serial FROM route WHERE organization = ? AND id = ? AND revision = ?) \
        WHERE organization = ? AND id = ? AND waits";
    let organization = Value::from(writing.organization);
    let values = vec![organization.clone(), by.0.into(), at.into(), organization, ticket.0.into()];
    if portable::execute(writing.transaction, WAIT, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn wait_anew(writing: &Writing<'_>) -> Result<(), Refused> {
    const LOOK_AGAIN: &str = "UPDATE ticket SET waits_for = NULL WHERE organization = ? AND waits AND waits_for > 0";
    portable::execute(writing.transaction, LOOK_AGAIN, vec![writing.organization.into()]).await?;
    Ok(())
}

/// Routes are written with an event, and tickets given away with one: whoever holds the organization's row sees the last.
pub(super) async fn keep(writing: &Writing<'_>, id: RouteId, at: Revision) -> Result<(), Refused> {
    const KEEP: &str = "SELECT serial FROM route WHERE organization = ? AND id = ? AND revision = ?";
    let question = Sql::new(KEEP, [writing.organization.into(), id.0.into(), at.into()]);
    let found = question.one(writing.transaction, |row| row.next::<i64>()).await?;
    found.map(drop).ok_or(Refused::Stale)
}

pub(super) async fn cease(writing: &Writing<'_>, ticket: TicketId) -> Result<(), Refused> {
    const CEASE: &str = "UPDATE ticket SET waits = ?, waits_for = NULL WHERE organization = ? AND id = ? AND waits";
    let values = vec![false.into(), writing.organization.into(), ticket.0.into()];
    if portable::execute(writing.transaction, CEASE, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}
