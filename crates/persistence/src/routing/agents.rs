//! Whom tickets can be given to, as they stand.

use std::sync::LazyLock;

use async_trait::async_trait;
use helpdesk_domain::identity::full_name;
use helpdesk_domain::kernel::id::{OrganizationId, UserId};
use helpdesk_domain::kernel::{Serial, StoreError};
use helpdesk_domain::routing::port::AgentRepository;
use helpdesk_domain::routing::{Agent, AgentView, Pool, Skills};
use helpdesk_domain::ticket::Status;
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::from_json;
use crate::fault::fault;
use crate::portable::repeated;
use crate::sql::{Fields, Sql};
use crate::tally::{Facet, status_number};

/// Who may be given tickets and may log in, as a condition on account `a`.
pub(crate) const MAY_BE_GIVEN: &str = "a.role IN ('technician', 'agent', 'coordinator', 'admin') AND a.is_active AND a.is_approved \
    AND a.deleted_at IS NULL";

/// How many open tickets account `a` has: a few dozen rows of the tally at most, which every commit keeps exact.
pub(crate) static OPEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "(SELECT CAST(COALESCE(SUM(y.n), 0) AS BIGINT) FROM ticket_tally AS y WHERE y.organization = a.organization \
         AND y.facet = {} AND y.value = a.serial AND y.status IN ({}))",
        Facet::Assignee.number(),
        open_statuses()
    )
});

/// The numbers of the states in which a ticket is open, separated by commas.
pub(crate) fn open_statuses() -> String {
    let open = Status::ALL.into_iter().filter(|status| status.is_active()).map(|status| status_number(status).to_string());
    open.collect::<Vec<_>>().join(", ")
}

/// What is kept of account `a` for routing: capacity, skills, availability; of who has no row too.
fn capable(row: &mut Fields<'_>) -> Result<(Option<i64>, Skills, bool), DbErr> {
    let (capacity, skills): (_, Option<String>) = (row.next()?, row.next()?);
    let skills = skills.map_or_else(|| Ok(Skills::default()), |words| from_json(&words))?;
    Ok((capacity, skills, row.next::<Option<bool>>()?.unwrap_or(true)))
}

#[async_trait]
impl AgentRepository for Store {
    async fn agents(&self, organization: OrganizationId, pool: &Pool) -> Result<Vec<Agent>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let mut question = Sql::new(
            format!(
                "SELECT a.id, a.serial, a.first_name, a.last_name, a.username, g.capacity, g.skills, g.is_available, {} \
                 FROM account AS a LEFT JOIN agent_routing AS g ON g.account = a.serial \
                 WHERE a.organization = ? AND {MAY_BE_GIVEN} AND ",
                *OPEN
            ),
            [organization.into()],
        );
        match pool {
            Pool::Department(department) => question.bind(
                "a.department = (SELECT serial FROM department WHERE organization = ? AND id = ?)",
                [organization.into(), department.0.into()],
            ),
            Pool::Named(people) if people.is_empty() => return Ok(Vec::new()),
            Pool::Named(people) => question
                .bind(&format!("a.id IN ({})", repeated("?", people.len())), people.iter().map(|person| Value::from(person.0))),
        };
        question.push(" ORDER BY a.serial");
        question.all(self.reader(), agent).await.map_err(fault)
    }

    async fn last_served(&self, organization: OrganizationId, turn: Uuid) -> Result<Option<Serial>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let text = "SELECT served FROM route_turn WHERE organization = ? AND turn = ?";
        let served = Sql::new(text, [organization.into(), turn.into()]).column(self.reader()).await.map_err(fault)?;
        Ok(served.into_iter().next())
    }

    async fn agent_view(&self, organization: OrganizationId, user: UserId) -> Result<Option<AgentView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        view(self, organization, user).await.map_err(fault)
    }
}

const VIEW: &str = "SELECT a.id, a.serial, g.capacity, g.skills, g.is_available, COALESCE(g.revision, 0)";

async fn view(store: &Store, organization: i64, user: UserId) -> Result<Option<AgentView>, DbErr> {
    let text = format!(
        "{VIEW}, {} FROM account AS a LEFT JOIN agent_routing AS g ON g.account = a.serial \
         WHERE a.organization = ? AND a.id = ? AND a.deleted_at IS NULL",
        *OPEN
    );
    let question = Sql::new(text, [organization.into(), user.0.into()]);
    let found = question.one(store.reader(), |row| {
        let (user, serial) = (UserId(row.next()?), row.next()?);
        let (capacity, skills, is_available) = capable(row)?;
        Ok(AgentView { user, serial, capacity, skills, is_available, revision: row.next()?, open: row.next()? })
    });
    found.await
}

fn agent(row: &mut Fields<'_>) -> Result<Agent, DbErr> {
    let (user, serial) = (UserId(row.next()?), row.next()?);
    let (first, last, username): (String, String, String) = (row.next()?, row.next()?, row.next()?);
    let (capacity, skills, is_available) = capable(row)?;
    let name = full_name(&first, &last, &username);
    Ok(Agent { user, serial, name, capacity, skills, is_available, open: row.next()? })
}
