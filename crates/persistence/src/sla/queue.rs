//! Tickets whose clocks want something.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::sla::port::ClockQueue;
use sea_orm::{ConnectionTrait, DbErr};

use crate::Store;
use crate::column::micros;
use crate::fault::fault;
use crate::sql::{Fields, Sql};

const RINGING: &str = "SELECT o.id, t.id FROM ticket AS t JOIN organization AS o ON o.serial = t.organization \
    WHERE t.alarm_at < ? ORDER BY t.alarm_at LIMIT ?";

/// One look into the index for each organization: those that are behind come first in it.
const BEHIND: &str = "SELECT o.id, o.serial, o.sla_version FROM organization AS o WHERE o.sla_version > \
    (SELECT MIN(t.sla_version) FROM ticket AS t WHERE t.organization = o.serial AND t.resolved_at IS NULL AND t.closed_at IS NULL)";

const OUTDATED: &str = "SELECT id FROM ticket WHERE organization = ? AND sla_version < ? AND resolved_at IS NULL \
    AND closed_at IS NULL ORDER BY sla_version LIMIT ?";

#[async_trait]
impl ClockQueue for Store {
    async fn ringing(&self, before: Moment, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError> {
        let question = Sql::new(RINGING, [micros(before).into(), limit.cast_signed().into()]);
        question.all(self.reader(), read).await.map_err(fault)
    }

    async fn outdated(&self, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError> {
        outdated(self.reader(), limit).await.map_err(fault)
    }
}

/// In two steps: of a join with organizations PostgreSQL supposes that a third of all tickets is behind, and looks at each.
async fn outdated(connection: &impl ConnectionTrait, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, DbErr> {
    let mut found = Vec::new();
    let mut left = limit.cast_signed();
    for (organization, serial, version) in Sql::new(BEHIND, []).all(connection, behind).await? {
        let tickets = Sql::new(OUTDATED, [serial.into(), version.into(), left.into()]).column(connection).await?;
        found.extend(tickets.into_iter().map(|ticket| (organization, TicketId(ticket))));
        left = limit.cast_signed() - i64::try_from(found.len()).unwrap_or(i64::MAX);
        if left <= 0 {
            break;
        }
    }
    Ok(found)
}

fn behind(row: &mut Fields<'_>) -> Result<(OrganizationId, i64, i64), DbErr> {
    Ok((OrganizationId(row.next()?), row.next()?, row.next()?))
}

fn read(row: &mut Fields<'_>) -> Result<(OrganizationId, TicketId), DbErr> {
    Ok((OrganizationId(row.next()?), TicketId(row.next()?)))
}
