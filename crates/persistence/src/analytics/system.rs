//! How the machinery keeps up: queues, the log and its readers, the size of the database. One statement.

use helpdesk_domain::analytics::{Consumer, Queue, SystemFigures};
use helpdesk_domain::kernel::Moment;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use crate::column::micros;
use crate::sql::{Fields, Sql, packed};

/// Counting what waits stops here.
const MOST: i64 = 10_000;

/// What waits for mail, for the workflow and for webhooks, each as the table's index says it.
const QUEUES: [&str; 3] =
    ["mail WHERE due_at IS NOT NULL", "delivery WHERE pending AND webhook = 0", "delivery WHERE pending AND webhook > 0"];

/// What waits to be done for an organization.
pub(super) async fn read(connection: &impl ConnectionTrait, organization: i64, now: Moment) -> Result<SystemFigures, DbErr> {
    let backend = connection.get_database_backend();
    let mut question = Sql::new("SELECT ", []);
    for queue in QUEUES {
        question.bind(
            &format!(
                "(SELECT CAST({} AS TEXT) FROM (SELECT COUNT(*) AS n, COUNT(CASE WHEN attempts > 0 THEN 1 END) AS failing, \
                 MIN(created_at) AS oldest FROM (SELECT created_at, attempts FROM {queue} AND organization = ? \
                 ORDER BY created_at LIMIT ?) AS waiting) AS counted), ",
                packed(backend, "n, failing, oldest", "")
            ),
            [organization.into(), MOST.into()],
        );
    }
    let consumers = packed(backend, "consumer, position", "consumer");
    question.bind(
        &format!(
            "(SELECT CAST({consumers} AS TEXT) FROM consumer_position WHERE organization = ?), last_event_position, {}",
            size(backend)
        ),
        [organization.into()],
    );
    question.bind(" FROM organization WHERE serial = ?", [organization.into()]);
    let read = |row: &mut Fields<'_>| {
        let mut waiting = || Ok::<_, DbErr>(row.rows(|row| queue(row, micros(now)))?.into_iter().next().unwrap_or_default());
        let (mail, workflow, webhooks) = (waiting()?, waiting()?, waiting()?);
        let consumers = row.rows(|row| Ok(Consumer { name: row.next()?, position: row.next()? }))?;
        let (last_position, bytes) = (row.next()?, row.next::<i64>()?);
        let database = if backend == DbBackend::Postgres { "postgresql" } else { "sqlite" };
        let database_bytes = u64::try_from(bytes).unwrap_or(0);
        Ok(SystemFigures { mail, workflow, webhooks, last_position, consumers, database, database_bytes })
    };
    Ok(question.one(connection, read).await?.unwrap_or_default())
}

fn queue(row: &mut Fields<'_>, now: i64) -> Result<Queue, DbErr> {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let (waiting, failing) = (count(row.next()?), count(row.next()?));
    let oldest: Option<i64> = row.next()?;
    Ok(Queue { waiting, failing, oldest_seconds: oldest.map(|oldest| (now - oldest).max(0) / 1_000_000) })
}

/// The size of the database in bytes, as an expression.
fn size(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "pg_database_size(current_database())",
        _ => "(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)",
    }
}
