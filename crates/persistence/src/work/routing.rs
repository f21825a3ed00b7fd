//! Routing: whose turn it was, and that nobody gets more than they bear.

use helpdesk_domain::kernel::Serial;
use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::routing::{AgentProfile, Router};
use uuid::Uuid;

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros};
use crate::portable;
use crate::routing::{MAY_BE_GIVEN, OPEN};
use crate::sql::Sql;

const SAVE_AGENT: &str = "INSERT INTO agent_routing (account, capacity, skills, is_available, updated_at, revision) \
    SELECT serial, ?, ?, ?, ?, 1 FROM account WHERE organization = ? AND id = ? ON CONFLICT (account) DO UPDATE \
    SET capacity = excluded.capacity, skills = excluded.skills, is_available = excluded.is_available, \
    updated_at = excluded.updated_at, revision = agent_routing.revision + 1 WHERE agent_routing.revision = ?";

pub(super) async fn save_agent(writing: &Writing<'_>, changed: &AgentProfile) -> Result<(), Refused> {
    let AgentProfile { user, capacity, skills, is_available, updated_at, revision } = changed;
    let values = vec![
        (*capacity).into(),
        json(skills)?.into(),
        (*is_available).into(),
        micros(*updated_at).into(),
        writing.organization.into(),
        user.0.into(),
        (*revision).into(),
    ];
    if portable::execute(writing.transaction, SAVE_AGENT, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}

/// Where nobody was served yet there is no row, and whoever comes first makes it.
const SERVE: &str = "INSERT INTO route_turn (organization, turn, served) \
    VALUES (?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?)) \
    ON CONFLICT (organization, turn) DO UPDATE SET served = excluded.served WHERE route_turn.served = ?";

pub(super) async fn serve(writing: &Writing<'_>, turn: Uuid, last: Option<Serial>, to: UserId) -> Result<(), Refused> {
    let organization = writing.organization;
    let values = vec![organization.into(), turn.into(), organization.into(), to.0.into(), last.unwrap_or(0).into()];
    if portable::execute(writing.transaction, SERVE, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}

/// Commits that give tickets away have events, and so hold the organization's row: no other fills the person meanwhile.
pub(super) async fn keep_capacity(writing: &Writing<'_>, user: UserId) -> Result<(), Refused> {
    let text = format!(
        "SELECT {}, g.capacity, g.is_available FROM account AS a LEFT JOIN agent_routing AS g ON g.account = a.serial \
         WHERE a.organization = ? AND a.id = ? AND {MAY_BE_GIVEN}",
        *OPEN
    );
    let question = Sql::new(text, [writing.organization.into(), user.0.into()]);
    let standing = question.one(writing.transaction, |row| {
        let (open, capacity): (i64, Option<i64>) = (row.next()?, row.next()?);
        Ok(row.next::<Option<bool>>()?.unwrap_or(true) && capacity.is_none_or(|capacity| open <= capacity))
    });
    if standing.await?.unwrap_or(false) { Ok(()) } else { Err(Refused::Taken(Router::FULL)) }
}
