//! Tickets whose clocks want something.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::sla::port::ClockQueue;

use crate::Store;
use crate::column::micros;
use crate::fault::fault;
use crate::sql::{Fields, Sql};

const RINGING: &str = "SELECT o.id, t.id FROM ticket AS t JOIN organization AS o ON o.serial = t.organization \
    WHERE t.alarm_at < ? ORDER BY t.alarm_at LIMIT ?";

/// One look into the index for each organization: those that are behind come first in it.
const OUTDATED: &str = "SELECT o.id, t.id FROM organization AS o CROSS JOIN ticket AS t \
    WHERE t.organization = o.serial AND t.sla_version < o.sla_version AND t.resolved_at IS NULL AND t.closed_at IS NULL LIMIT ?";

#[async_trait]
impl ClockQueue for Store {
    async fn ringing(&self, before: Moment, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError> {
        let question = Sql::new(RINGING, [micros(before).into(), limit.cast_signed().into()]);
        question.all(self.reader(), read).await.map_err(fault)
    }

    async fn outdated(&self, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError> {
        Sql::new(OUTDATED, [limit.cast_signed().into()]).all(self.reader(), read).await.map_err(fault)
    }
}

fn read(row: &mut Fields<'_>) -> Result<(OrganizationId, TicketId), sea_orm::DbErr> {
    Ok((OrganizationId(row.next()?), TicketId(row.next()?)))
}
