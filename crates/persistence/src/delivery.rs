//! What waits to be handed to external workflows.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{DeliveryId, OrganizationId, TicketId};
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::workflow::port::{Deliveries, Settled};
use helpdesk_domain::workflow::{Delivery, DeliveryEntry};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::{micros, moment};
use crate::fault::fault;
use crate::portable;
use crate::sql::{Fields, Sql};

/// On PostgreSQL replicas pass over what another is just claiming; SQLite's writer is alone.
const CLAIM: &str = "UPDATE delivery SET leased_until = ?, attempts = attempts + 1 WHERE serial = (SELECT serial FROM delivery \
    WHERE due_at <= ? AND (leased_until IS NULL OR leased_until <= ?) ORDER BY due_at LIMIT 1{skip}) RETURNING id";

const ENTRY: &str = "SELECT delivery.id, organization.id, ticket_id, body, created_at, attempts \
    FROM delivery JOIN organization ON organization.serial = delivery.organization WHERE delivery.id = ?";

const SETTLE: &str =
    "UPDATE delivery SET delivered_at = ?, due_at = ?, last_error = ?, leased_until = NULL WHERE id = ? AND attempts = ?";

#[async_trait]
impl Deliveries for Store {
    async fn claim(&self, now: Moment, leased_until: Moment) -> Result<Option<DeliveryEntry>, StoreError> {
        // Asked for reading first: an empty queue costs no write.
        let due = "SELECT serial FROM delivery WHERE due_at <= ? AND (leased_until IS NULL OR leased_until <= ?) LIMIT 1";
        let due = Sql::new(due, [now, now].map(|at| micros(at).into()));
        if due.number(self.reader()).await.map_err(fault)? == 0 {
            return Ok(None);
        }
        let claim = CLAIM.replace("{skip}", portable::skipping_locked(self.backend()));
        let claim = Sql::new(claim, [leased_until, now, now].map(|at| micros(at).into()));
        let claimed: Vec<Uuid> = claim.column(self.writer()).await.map_err(fault)?;
        let Some(id) = claimed.first() else { return Ok(None) };
        Sql::new(ENTRY, [Value::from(*id)]).one(self.writer(), entry).await.map_err(fault)
    }

    async fn settle(&self, delivery: DeliveryId, attempt: u32, outcome: &Settled) -> Result<(), StoreError> {
        let (delivered_at, due_at, error) = match outcome {
            Settled::Delivered(at) => (Some(micros(*at)), None, None),
            Settled::Again(at, error) => (None, Some(micros(*at)), Some(error.as_str())),
            Settled::GivenUp(error) => (None, None, Some(error.as_str())),
        };
        let values = vec![delivered_at.into(), due_at.into(), error.into(), delivery.0.into(), i64::from(attempt).into()];
        portable::execute(self.writer(), SETTLE, values).await.map(drop).map_err(fault)
    }
}

impl Store {
    /// Gives back what a process that is gone had claimed. Only where this process is the only one that hands over: a
    /// SQLite database has one server.
    pub async fn release_deliveries(&self) -> Result<(), StoreError> {
        if self.backend() == sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        let text = "UPDATE delivery SET leased_until = NULL WHERE leased_until IS NOT NULL";
        portable::execute(self.writer(), text, Vec::new()).await.map(drop).map_err(fault)
    }
}

fn entry(row: &mut Fields<'_>) -> Result<DeliveryEntry, DbErr> {
    let delivery = Delivery {
        id: DeliveryId(row.next()?),
        organization: OrganizationId(row.next()?),
        ticket: TicketId(row.next()?),
        body: row.next()?,
        created_at: moment(row.next()?)?,
    };
    let attempts: i32 = row.next()?;
    Ok(DeliveryEntry { delivery, attempts: attempts.unsigned_abs() })
}
