//! What being connected is told from: who takes part in tickets, passes, logins that still stand, and the signals between
//! processes.

mod letters;
mod relay;
mod signals;

use async_trait::async_trait;
use helpdesk_domain::identity::{Role, SecretDigest};
use helpdesk_domain::kernel::id::{OrganizationId, SessionId, TicketId, UserId};
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::realtime::port::{ConnectionRepository, ParticipantRepository};
use helpdesk_domain::realtime::{Participants, Standing};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

pub use letters::{Letters, Outgoing};
pub use relay::Relay;
pub(crate) use signals::Switchboard;

use crate::Store;
use crate::column::{damaged, micros};
use crate::fault::fault;
use crate::sql::{Fields, Sql, uuids};

const PARTICIPANTS: &str = "SELECT t.id, t.serial, t.number, requester.id, assignee.id FROM ticket t \
    JOIN account requester ON requester.serial = t.requester LEFT JOIN account assignee ON assignee.serial = t.assignee \
    WHERE +t.organization = ? AND t.id IN ";

const STANDING: &str = "SELECT session.id, account.id, account.role FROM session JOIN account ON account.serial = session.account \
    WHERE session.revoked_at IS NULL AND session.expires_at > ? AND account.is_active AND account.is_approved \
    AND account.deleted_at IS NULL AND session.id IN ";

const REDEEM: &str = "DELETE FROM pass WHERE digest = ? AND expires_at > ? RETURNING session";

#[async_trait]
impl ParticipantRepository for Store {
    async fn participants(&self, organization: OrganizationId, tickets: &[TicketId]) -> Result<Vec<Participants>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let mut query = Sql::new(PARTICIPANTS, [Value::from(organization)]);
        query.append(uuids(self.backend(), tickets.iter().map(|ticket| ticket.0)).map_err(fault)?);
        query.all(self.reader(), participants).await.map_err(fault)
    }
}

#[async_trait]
impl ConnectionRepository for Store {
    async fn redeem(&self, secret: &SecretDigest, now: Moment) -> Result<Option<SessionId>, StoreError> {
        let values: [Value; 2] = [secret.0.to_vec().into(), micros(now).into()];
        let taken: Vec<Uuid> = Sql::new(REDEEM, values).column(self.writer()).await.map_err(fault)?;
        Ok(taken.first().copied().map(SessionId))
    }

    async fn standing(&self, logins: &[SessionId], now: Moment) -> Result<Vec<Standing>, StoreError> {
        let mut query = Sql::new(STANDING, [Value::from(micros(now))]);
        query.append(uuids(self.backend(), logins.iter().map(|login| login.0)).map_err(fault)?);
        query.all(self.reader(), standing).await.map_err(fault)
    }
}

fn participants(row: &mut Fields<'_>) -> Result<Participants, DbErr> {
    Ok(Participants {
        ticket: TicketId(row.next()?),
        serial: row.next()?,
        number: row.next()?,
        requester: UserId(row.next()?),
        assignee: row.next::<Option<Uuid>>()?.map(UserId),
    })
}

fn standing(row: &mut Fields<'_>) -> Result<Standing, DbErr> {
    let (session, user, role): (Uuid, Uuid, String) = (row.next()?, row.next()?, row.next()?);
    let role = Role::parse(&role).ok_or_else(|| damaged("role", role))?;
    Ok(Standing { session: SessionId(session), user: UserId(user), role })
}
