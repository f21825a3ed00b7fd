//! What work orders are found by, and indexing them anew.

use helpdesk_domain::kernel::StoreError;
use sea_orm::{ConnectionTrait, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use super::number_word;
use crate::Store;
use crate::fault::fault;
use crate::portable;
use crate::search::{OrderText, index_orders};
use crate::sql::Sql;

/// As many work orders are indexed in one transaction.
const BATCH: i64 = 500;

/// What a work order is found by.
pub(crate) fn text_of(title: &str, number: i64, customer: Option<&str>, description: &str) -> String {
    [title, &number_word(number), customer.unwrap_or_default(), description].join("\n")
}

/// The texts of the work orders `w` for which something holds, by age, kept until they are indexed: what a commit indexes
/// meanwhile must not be overwritten with what was read before.
pub(crate) async fn texts(connection: &impl ConnectionTrait, condition: Sql, most: i64) -> Result<Vec<OrderText>, DbErr> {
    let mut question = Sql::new(
        "SELECT w.organization, w.serial, w.technician, w.title, w.number, c.name, w.description FROM work_order AS w \
         LEFT JOIN customer AS c ON c.serial = w.customer WHERE ",
        [],
    );
    question.append(condition).bind(" ORDER BY w.serial LIMIT ?", [most.into()]);
    question.push(&portable::for_update_of(connection.get_database_backend(), "w"));
    let read = |row: &mut crate::sql::Fields<'_>| {
        let (organization, serial, technician) = (row.next()?, row.next()?, row.next()?);
        let (title, number, customer) = (row.next::<String>()?, row.next()?, row.next::<Option<String>>()?);
        let text = text_of(&title, number, customer.as_deref(), &row.next::<String>()?);
        Ok(OrderText { organization, serial, technician, text })
    };
    question.all(connection, read).await
}

impl Store {
    /// Indexes every work order, batch after batch; tells after each how many it held.
    pub async fn reindex_work_orders(&self, told: impl Fn(u64) + Sync) -> Result<(), StoreError> {
        let mut last = 0;
        while let Some((serial, count)) = self.index_orders_after(last).await.map_err(fault)? {
            last = serial;
            told(count);
        }
        Ok(())
    }

    /// How many work orders there are.
    pub async fn count_work_orders(&self) -> Result<u64, StoreError> {
        let found = Sql::new("SELECT COUNT(*) FROM work_order", []).number(self.reader()).await.map_err(fault)?;
        Ok(u64::try_from(found).unwrap_or(0))
    }

    /// Indexes the next work orders behind that one; answers the last of them and how many they were.
    async fn index_orders_after(&self, last: i64) -> Result<Option<(i64, u64)>, DbErr> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer().begin_with_options(options).await?;
        let texts = texts(&transaction, Sql::new("w.serial > ?", [last.into()]), BATCH).await?;
        let Some(end) = texts.last().map(|text| text.serial) else { return Ok(None) };
        let words = index_orders(&transaction, &self.vocabulary, &texts).await?;
        transaction.commit().await?;
        self.vocabulary.learn(words);
        Ok(Some((end, u64::try_from(texts.len()).unwrap_or(0))))
    }
}
