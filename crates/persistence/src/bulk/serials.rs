//! The integers that a batch takes before it is written.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

use super::Loaded;
use crate::days::Counting;
use crate::portable;

/// Integers for new tickets, and the organization's next numbers. The organization's row is locked until the commit.
pub(super) struct Serials {
    tickets: std::vec::IntoIter<i64>,
    number: i64,
    position: i64,
    counting: Counting,
}

impl Serials {
    pub async fn take(transaction: &DatabaseTransaction, organization: i64, batch: &[Loaded]) -> Result<Self, DbErr> {
        let backend = transaction.get_database_backend();
        let tickets = count(batch.len());
        let events = count(batch.iter().map(|loaded| loaded.events.len()).sum());
        let text = "UPDATE organization SET last_ticket_number = last_ticket_number + ?, \
                    last_event_position = last_event_position + ? WHERE serial = ? \
                    RETURNING last_ticket_number, last_event_position, time_zone, days_until";
        let values = [tickets.into(), events.into(), organization.into()];
        let question = Statement::from_sql_and_values(backend, portable::sql(backend, text), values);
        let row = transaction.query_one_raw(question).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound(format!("organization {organization}")))?;
        let (number, position): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let counting = Counting::of(&row.try_get_by_index::<String>(2)?, row.try_get_by_index(3)?);
        let keys = keys(transaction, "ticket", tickets).await?.into_iter();
        Ok(Self { tickets: keys, number: number - tickets, position: position - events, counting })
    }

    /// How the organization's days are counted.
    pub fn counting(&self) -> Counting {
        self.counting
    }

    /// The next ticket's integer and number.
    pub fn ticket(&mut self) -> Result<(i64, i64), DbErr> {
        self.number += 1;
        let serial = self.tickets.next().ok_or_else(|| DbErr::Custom("more tickets than were counted".to_owned()))?;
        Ok((serial, self.number))
    }

    /// The next event's position.
    pub fn position(&mut self) -> i64 {
        self.position += 1;
        self.position
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// So many integers for rows of a table that no other row ever has.
pub(super) async fn keys(transaction: &DatabaseTransaction, table: &str, count: i64) -> Result<Vec<i64>, DbErr> {
    let backend = transaction.get_database_backend();
    if backend == DbBackend::Postgres {
        let text = format!("SELECT nextval(pg_get_serial_sequence('{table}', 'serial')) FROM generate_series(1, $1)");
        let rows = transaction.query_all_raw(Statement::from_sql_and_values(backend, text, [count.into()])).await?;
        return rows.iter().map(|row| row.try_get_by_index(0)).collect();
    }
    // The writer is alone, and an insert with an integer of its own moves the sequence along.
    let text = format!("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)");
    let row = transaction.query_one_raw(Statement::from_string(backend, text)).await?;
    let last: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
    Ok((last + 1..=last + count).collect())
}
