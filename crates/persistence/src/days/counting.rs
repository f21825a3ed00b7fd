//! By which days an organization's tickets are counted, and how far that has come. Where the time zone changes, and where
//! there were tickets before there were days, counting begins again: batch after batch, while commits go on.

use helpdesk_domain::kernel::{StoreError, Zone};
use sea_orm::{ConnectionTrait, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use super::{Days, columns, counted};
use crate::fault::fault;
use crate::sql::{Fields, Sql, packed};
use crate::{Store, portable};

/// All tickets, those that are yet to come too.
pub(crate) const ALL: i64 = i64::MAX;
/// As many tickets are counted in one transaction: others wait for it.
const BATCH: usize = 2_000;

/// By which days, and up to which ticket's number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counting {
    pub zone: Zone,
    until: i64,
}

impl Counting {
    /// As an organization's row says it.
    pub fn of(time_zone: &str, until: i64) -> Self {
        Self { zone: Zone::named(time_zone), until }
    }

    /// Asks the organization's row.
    pub async fn read<C: ConnectionTrait>(connection: &C, organization: i64) -> Result<Self, DbErr> {
        let question = Sql::new("SELECT time_zone, days_until FROM organization WHERE serial = ?", [organization.into()]);
        let found = question.one(connection, |row| Ok(Self::of(&row.next::<String>()?, row.next()?))).await?;
        found.ok_or_else(|| DbErr::RecordNotFound(format!("organization {organization}")))
    }

    /// Whether a ticket of that number is counted.
    pub fn covers(self, number: i64) -> bool {
        number <= self.until
    }
}

/// Forgets an organization's days and counts the first of its tickets by those of another zone; most have no more.
pub(crate) async fn begin_again<C: ConnectionTrait>(connection: &C, organization: i64, zone: Zone) -> Result<(), DbErr> {
    portable::execute(connection, "DELETE FROM ticket_day WHERE organization = ?", vec![organization.into()]).await?;
    count_more(connection, organization, Counting { zone, until: 0 }).await
}

/// Counts the next batch of an organization's tickets, and notes how far it has come.
async fn count_more<C: ConnectionTrait>(connection: &C, organization: i64, counting: Counting) -> Result<(), DbErr> {
    let tickets = batch(connection, organization, counting.until).await?;
    let mut days = Days::default();
    let mut until = ALL;
    if tickets.len() == BATCH {
        until = tickets.iter().map(|(number, _)| *number).max().unwrap_or(ALL);
    }
    for (_, ticket) in &tickets {
        days.count(ticket, counting.zone);
    }
    days.write(connection).await?;
    let note = "UPDATE organization SET days_until = ? WHERE serial = ?";
    portable::execute(connection, note, vec![until.into(), organization.into()]).await?;
    Ok(())
}

async fn batch<C: ConnectionTrait>(
    connection: &C,
    organization: i64,
    after: i64,
) -> Result<Vec<(i64, crate::tally::Counted)>, DbErr> {
    let backend = connection.get_database_backend();
    let fields = packed(backend, &format!("t.number, {}", columns(backend)), "");
    let text = format!(
        "SELECT CAST({fields} AS TEXT) FROM (SELECT * FROM ticket WHERE organization = ? AND number > ? ORDER BY number LIMIT ?) AS t"
    );
    let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let question = Sql::new(text, [organization.into(), after.into(), most.into()]);
    let read = |fields: &mut Fields<'_>| Ok((fields.next()?, counted(organization, fields)?));
    Ok(question.one(connection, |row| row.rows(read)).await?.unwrap_or_default())
}

impl Store {
    /// Counts the next batch of tickets whose turn has not come yet; answers whether there was any to count.
    pub async fn count_days(&self) -> Result<bool, StoreError> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer().begin_with_options(options).await.map_err(fault)?;
        let text = format!(
            "SELECT serial, time_zone, days_until FROM organization WHERE days_until < ? ORDER BY serial LIMIT 1{}",
            portable::for_update(self.backend())
        );
        let read = |row: &mut Fields<'_>| Ok((row.next::<i64>()?, Counting::of(&row.next::<String>()?, row.next()?)));
        let waiting = Sql::new(text, [ALL.into()]).one(&transaction, read).await.map_err(fault)?;
        if let Some((organization, counting)) = waiting {
            count_more(&transaction, organization, counting).await.map_err(fault)?;
        }
        transaction.commit().await.map_err(fault)?;
        Ok(waiting.is_some())
    }
}
