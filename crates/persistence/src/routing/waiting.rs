//! Tickets that wait for somebody.

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, RouteId, TicketId};
use helpdesk_domain::routing::port::WaitingTickets;
use uuid::Uuid;

use crate::Store;
use crate::fault::fault;
use crate::sql::Sql;

/// One look into the index for each organization.
const UNPLACED_IN: &str = "SELECT o.id FROM organization AS o WHERE EXISTS (SELECT 1 FROM ticket AS t \
    WHERE t.organization = o.serial AND t.waits AND t.waits_for IS NULL) ORDER BY o.serial";

const UNPLACED: &str = "SELECT t.id FROM ticket AS t WHERE t.organization = ? AND t.waits AND t.waits_for IS NULL \
    ORDER BY t.priority DESC, t.created_at, t.serial LIMIT ?";

const WAITING_IN: &str = "SELECT o.id FROM organization AS o WHERE EXISTS (SELECT 1 FROM ticket AS t \
    WHERE t.organization = o.serial AND t.waits AND t.waits_for > 0) ORDER BY o.serial";

/// One look into the index for each route.
const NEXT: &str = "SELECT r.id, t.id FROM route AS r JOIN ticket AS t ON t.serial = (SELECT w.serial FROM ticket AS w \
    WHERE w.organization = r.organization AND w.waits AND w.waits_for = r.serial \
    ORDER BY w.priority DESC, w.created_at, w.serial LIMIT 1) \
    WHERE r.organization = ? ORDER BY r.position, r.serial";

#[async_trait]
impl WaitingTickets for Store {
    async fn unplaced_in(&self) -> Result<Vec<OrganizationId>, StoreError> {
        self.organizations_of(UNPLACED_IN).await
    }

    async fn unplaced(&self, organization: OrganizationId, limit: u64) -> Result<Vec<TicketId>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let question = Sql::new(UNPLACED, [organization.into(), limit.cast_signed().into()]);
        let found = question.column::<Uuid>(self.reader()).await.map_err(fault)?;
        Ok(found.into_iter().map(TicketId).collect())
    }

    async fn waiting_in(&self) -> Result<Vec<OrganizationId>, StoreError> {
        self.organizations_of(WAITING_IN).await
    }

    async fn next(&self, organization: OrganizationId) -> Result<Vec<(RouteId, TicketId)>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let question = Sql::new(NEXT, [organization.into()]);
        let found = question.all(self.reader(), |row| Ok((RouteId(row.next()?), TicketId(row.next()?))));
        found.await.map_err(fault)
    }
}

impl Store {
    async fn organizations_of(&self, question: &str) -> Result<Vec<OrganizationId>, StoreError> {
        let found = Sql::new(question, []).column::<Uuid>(self.reader()).await.map_err(fault)?;
        Ok(found.into_iter().map(OrganizationId).collect())
    }
}
