//! Tickets whose clocks want something.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId};
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::sla::port::ClockQueue;

use super::alarm;
use crate::Store;
use crate::fault::fault;
use crate::sql::{Fields, Sql};

/// One look into the index for each organization: those that are behind come first in it.
const OUTDATED: &str = "SELECT o.id, t.id FROM organization AS o CROSS JOIN ticket AS t \
    WHERE t.organization = o.serial AND t.sla_version < o.sla_version AND t.resolved_at IS NULL AND t.closed_at IS NULL LIMIT ?";

const OUTDATED_IN: &str = "SELECT id FROM ticket WHERE organization = ? AND sla_version < \
    (SELECT sla_version FROM organization WHERE serial = ?) AND resolved_at IS NULL AND closed_at IS NULL \
    ORDER BY sla_version LIMIT ?";

#[async_trait]
impl ClockQueue for Store {
    async fn ringing(&self, before: Moment, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError> {
        alarm::ringing(self.reader(), before, limit.cast_signed()).await.map_err(fault)
    }

    async fn outdated(&self, limit: u64) -> Result<Vec<(OrganizationId, TicketId)>, StoreError> {
        Sql::new(OUTDATED, [limit.cast_signed().into()]).all(self.reader(), read).await.map_err(fault)
    }

    async fn outdated_in(&self, organization: OrganizationId, limit: u64) -> Result<Vec<TicketId>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let question = Sql::new(OUTDATED_IN, [serial.into(), serial.into(), limit.cast_signed().into()]);
        Ok(question.column(self.reader()).await.map_err(fault)?.into_iter().map(TicketId).collect())
    }

    async fn next_alarm(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        alarm::next(self.reader(), serial, after, until).await.map_err(fault)
    }

    async fn alarms_at(&self, organization: OrganizationId, at: Moment, limit: u64) -> Result<Vec<TicketId>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        alarm::at(self.reader(), serial, at, limit.cast_signed()).await.map_err(fault)
    }
}

fn read(row: &mut Fields<'_>) -> Result<(OrganizationId, TicketId), sea_orm::DbErr> {
    Ok((OrganizationId(row.next()?), TicketId(row.next()?)))
}
