//! Out of a database: one line for each row, all as of one moment, while others go on.

use std::collections::BTreeMap;
use std::io;

use futures_util::TryStreamExt;
use helpdesk_domain::identity::Organization;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, Statement, StreamTrait, TransactionOptions, TransactionTrait,
};

use super::schema::{Schema, Table};
use super::{ArchiveError, Header};
use crate::sql::Sql;
use crate::{Store, portable};

impl Store {
    /// Writes an organization: `begin` hears how many rows come, then `line` has the header and every row, without an end of
    /// line.
    pub async fn export(
        &self,
        organization: &Organization,
        begin: impl FnOnce(u64) + Send,
        mut line: impl FnMut(&str) -> io::Result<()> + Send,
    ) -> Result<Header, ArchiveError> {
        let isolation_level = (self.backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead);
        let options = TransactionOptions { isolation_level, ..Default::default() };
        let snapshot = self.reader().begin_with_options(options).await?;
        let serial = self.organization_serial(organization.id).await?.unwrap_or(0);
        let schema = Schema::read(&snapshot).await?;
        let rows = count(&snapshot, &schema, serial).await?;
        let header = Header {
            helpdesk: env!("CARGO_PKG_VERSION").to_owned(),
            migrations: migrations(&snapshot).await?,
            organization: organization.slug.clone(),
            rows,
        };
        begin(header.total());
        line(&serde_json::to_string(&header).map_err(io::Error::from)?)?;
        for table in &schema.0 {
            let question = question(self.backend(), &schema, table, serial);
            let mut rows = snapshot.stream_raw(question).await?;
            while let Some(row) = rows.try_next().await? {
                let values: String = row.try_get_by_index(0)?;
                line(&format!("{{\"table\":\"{}\",\"row\":{values}}}", table.name))?;
            }
        }
        snapshot.commit().await?;
        Ok(header)
    }
}

/// How many rows of each table belong to an organization.
pub(super) async fn count(
    connection: &DatabaseTransaction,
    schema: &Schema,
    organization: i64,
) -> Result<BTreeMap<String, u64>, ArchiveError> {
    let mut rows = BTreeMap::new();
    for table in &schema.0 {
        let condition = schema.belongs(table).unwrap_or_default();
        let question = Sql::new(format!("SELECT COUNT(*) FROM {} AS t WHERE {condition}", table.name), [organization.into()]);
        rows.insert(table.name.clone(), u64::try_from(question.number(connection).await?).unwrap_or(0));
    }
    Ok(rows)
}

/// The migrations that have run.
pub(super) async fn migrations(connection: &impl ConnectionTrait) -> Result<Vec<String>, ArchiveError> {
    Ok(Sql::new("SELECT version FROM seaql_migrations ORDER BY version", []).column(connection).await?)
}

/// The rows of a table, each as a JSON object.
fn question(backend: DbBackend, schema: &Schema, table: &Table, organization: i64) -> Statement {
    let column = |name: &str| format!("t.{name}");
    let pairs = table.columns.iter().map(|own| format!("'{}', {}", own.name, own.kind.told(backend, &column(&own.name))));
    let make = if backend == DbBackend::Postgres { "json_build_object" } else { "json_object" };
    let text = format!(
        "SELECT CAST({make}({}) AS TEXT) FROM {} AS t WHERE {} ORDER BY {}",
        pairs.collect::<Vec<_>>().join(", "),
        table.name,
        schema.belongs(table).unwrap_or_default(),
        table.key()
    );
    Statement::from_sql_and_values(backend, portable::sql(backend, &text), [organization.into()])
}
