//! Messages that are sent again, in their old places.

use helpdesk_domain::delivery::Delivery;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::DeliveryId;
use sea_orm::{ConnectionTrait, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait, Value};

use crate::Store;
use crate::column::micros;
use crate::portable;
use crate::sql::Sql;

/// One that is on its way at this moment is left to whoever brings it.
const AGAIN: &str = "UPDATE delivery SET pending = TRUE, due_at = NULL, delivered_at = NULL, attempts = 0, expires_at = ?, \
    leased_until = NULL WHERE (leased_until IS NULL OR leased_until <= ?) AND (webhook = 0 OR EXISTS (SELECT 1 FROM webhook \
    WHERE webhook.serial = delivery.webhook)) AND ";

const GIVEN_UP: &str = "NOT pending AND delivered_at IS NULL";

/// Commits put messages behind these, and others settle them: neither may come between.
const LOCK: &str = "SELECT 1 FROM organization WHERE serial IN (SELECT organization FROM delivery WHERE {which}) ORDER BY serial";

/// What waits for one message is for the same recipient and about the same thing.
const CHAIN: &str =
    " AND webhook = (SELECT webhook FROM delivery WHERE id = ?) AND subject = (SELECT subject FROM delivery WHERE id = ?)";

const OLDER: &str = "EXISTS (SELECT 1 FROM delivery older WHERE older.pending AND older.webhook = delivery.webhook \
    AND older.subject = delivery.subject AND older.serial < delivery.serial)";

/// Sends this one again, or all that were given up; what was to be told later about the same things waits for them.
pub(super) async fn retry(store: &Store, delivery: Option<DeliveryId>, now: Moment) -> Result<u64, DbErr> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = store.writer().begin_with_options(options).await?;
    let which = if delivery.is_some() { "id = ?" } else { GIVEN_UP };
    let id = || delivery.map(|delivery| Value::from(delivery.0));
    let lock = LOCK.replace("{which}", which) + portable::for_update(transaction.get_database_backend());
    Sql::new(lock, id()).execute(&transaction).await?;
    let mut values: Vec<Value> = vec![micros(now + Delivery::PATIENCE).into(), micros(now).into()];
    values.extend(id());
    let again = portable::execute(&transaction, &format!("{AGAIN}{which}"), values).await?;
    if again > 0 {
        let mut wait =
            Sql::new(format!("UPDATE delivery SET due_at = NULL WHERE pending AND due_at IS NOT NULL AND {OLDER}"), []);
        wait.append(chain(delivery));
        wait.execute(&transaction).await?;
        let mut due = freed(now);
        due.append(chain(delivery));
        due.execute(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(again)
}

/// Whatever waits for nothing is due.
pub(super) async fn follow_up(connection: &impl ConnectionTrait, now: Moment) -> Result<(), DbErr> {
    freed(now).execute(connection).await
}

fn freed(now: Moment) -> Sql {
    Sql::new(format!("UPDATE delivery SET due_at = ? WHERE pending AND due_at IS NULL AND NOT {OLDER}"), [micros(now).into()])
}

/// That a message belongs to the chain of this one; nothing where all are meant.
fn chain(delivery: Option<DeliveryId>) -> Sql {
    delivery.map_or_else(Sql::default, |delivery| Sql::new(CHAIN, [delivery.0.into(), delivery.0.into()]))
}
