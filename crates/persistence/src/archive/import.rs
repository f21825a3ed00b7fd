//! Into a database that nobody else uses: all rows or none.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait, Value,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::export::{count, migrations};
use super::schema::{Schema, Table};
use super::{ArchiveError, Header};
use crate::sql::Sql;
use crate::{Store, portable};

/// As many values as one statement binds; SQLite takes 32 766, PostgreSQL 65 535.
const BOUND: usize = 30_000;
/// As many rows as one statement takes.
const ROWS: usize = 500;

/// An organization that is coming in. Dropped before its end it has never come.
pub struct Importer {
    transaction: DatabaseTransaction,
    schema: Schema,
    header: Header,
    organization: Option<i64>,
    /// Values of rows that wait to be written.
    waiting: Vec<Value>,
    /// The table that they wait for.
    table: String,
    late: Vec<Late>,
    rows: u64,
}

/// A reference that is filled in at the end.
struct Late {
    table: String,
    column: String,
    serial: i64,
    to: i64,
}

#[derive(Deserialize)]
struct Line {
    table: String,
    row: Map<String, Json>,
}

impl Store {
    /// Begins to take an organization in. Organizations that have neither accounts nor tickets make room; where there is
    /// another one, it is refused: integer ids would be given twice.
    pub async fn importer(&self, header: Header) -> Result<Importer, ArchiveError> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let transaction = self.writer().begin_with_options(options).await?;
        if migrations(&transaction).await? != header.migrations {
            let sentence = format!("The file was written by another version ({}): take one of the same.", header.helpdesk);
            return Err(ArchiveError::Malformed(sentence));
        }
        let schema = Schema::read(&transaction).await?;
        make_room(&transaction, &schema).await?;
        let (waiting, table, late) = (Vec::new(), String::new(), Vec::new());
        Ok(Importer { transaction, schema, header, organization: None, waiting, table, late, rows: 0 })
    }
}

impl Importer {
    /// Takes one row in.
    pub async fn take(&mut self, line: &str) -> Result<(), ArchiveError> {
        let Line { table: name, row } = serde_json::from_str(line).map_err(|error| self.wrong(&error.to_string()))?;
        let table = self.schema.table(&name).cloned().ok_or_else(|| self.wrong("there is no such table"))?;
        if name != self.table {
            self.flush().await?;
            self.table = name;
        }
        let values = self.values(&table, row)?;
        self.waiting.extend(values);
        self.rows += 1;
        let most = (BOUND / table.columns.len()).min(ROWS) * table.columns.len();
        if self.waiting.len() >= most { self.flush().await } else { Ok(()) }
    }

    /// The row's values, in the order of the table's columns.
    fn values(&mut self, table: &Table, mut row: Map<String, Json>) -> Result<Vec<Value>, ArchiveError> {
        if let Some(unknown) = row.keys().find(|name| !table.has(name)) {
            return Err(self.wrong(&format!("{} has no {unknown}", table.name)));
        }
        let serial = row.get("serial").and_then(Json::as_i64);
        if table.name == "organization" {
            self.organization = serial;
        }
        let mut values = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            let mut json = row.remove(&column.name).unwrap_or_default();
            if let (true, Some(serial), Some(to)) = (column.is_late, serial, json.as_i64()) {
                self.late.push(Late { table: table.name.clone(), column: column.name.clone(), serial, to });
                json = Json::Null;
            }
            let value = column.kind.read(&json);
            values.push(value.ok_or_else(|| self.wrong(&format!("{} of {}", column.name, table.name)))?);
        }
        Ok(values)
    }

    fn wrong(&self, what: &str) -> ArchiveError {
        ArchiveError::Malformed(format!("Row {} is wrong: {what}.", self.rows + 1))
    }

    async fn flush(&mut self) -> Result<(), ArchiveError> {
        let values = std::mem::take(&mut self.waiting);
        let Some(table) = self.schema.table(&self.table).filter(|_| !values.is_empty()) else { return Ok(()) };
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let row = format!("({})", portable::repeated("?", names.len()));
        let places = portable::repeated(&row, values.len() / names.len());
        let text = format!("INSERT INTO {} ({}) VALUES {places}", table.name, names.join(", "));
        Ok(Sql::new(text, values).execute(&self.transaction).await?)
    }

    /// Fills in what came late, counts, and keeps all of it; answers how many rows came.
    pub async fn finish(mut self) -> Result<u64, ArchiveError> {
        self.flush().await?;
        let missing = || ArchiveError::Malformed("The file has no organization.".to_owned());
        let organization = self.organization.ok_or_else(missing)?;
        for Late { table, column, serial, to } in &self.late {
            let text = format!("UPDATE {table} SET {column} = ? WHERE serial = ?");
            portable::execute(&self.transaction, &text, vec![(*to).into(), (*serial).into()]).await?;
        }
        settle(&self.transaction, &self.schema, organization).await?;
        let found = count(&self.transaction, &self.schema, organization).await?;
        if let Some((table, n)) = self.header.rows.iter().find(|(table, n)| found.get(*table) != Some(n)) {
            return Err(ArchiveError::Malformed(format!("The file has not the {n} rows of {table} that it speaks of.")));
        }
        self.transaction.commit().await?;
        Ok(self.rows)
    }
}

/// Takes away organizations in which nobody has done anything.
async fn make_room(transaction: &DatabaseTransaction, schema: &Schema) -> Result<(), ArchiveError> {
    let text = "SELECT serial, slug, (SELECT COUNT(*) FROM account AS a WHERE a.organization = o.serial), last_ticket_number \
                FROM organization AS o";
    let read = |row: &mut crate::sql::Fields<'_>| Ok((row.next()?, row.next()?, row.next()?, row.next()?));
    let found: Vec<(i64, String, i64, i64)> = Sql::new(text, []).all(transaction, read).await?;
    for (serial, slug, accounts, tickets) in found {
        if accounts + tickets > 0 {
            let sentence = format!("The organization {slug} is here already: take a database that nobody uses.");
            return Err(ArchiveError::Taken(sentence));
        }
        for table in schema.0.iter().rev() {
            let condition = schema.belongs(table).unwrap_or_default();
            let text = format!("DELETE FROM {} AS t WHERE {condition}", table.name);
            portable::execute(transaction, &text, vec![serial.into()]).await?;
        }
    }
    Ok(())
}

/// Nobody is told again of what happened elsewhere, and no integer is given twice.
async fn settle(connection: &impl ConnectionTrait, schema: &Schema, organization: i64) -> Result<(), ArchiveError> {
    let places = "UPDATE consumer_position SET position = (SELECT last_event_position FROM organization WHERE serial = ?) \
                  WHERE organization = ?";
    portable::execute(connection, places, vec![organization.into(), organization.into()]).await?;
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for table in schema.0.iter().filter(|table| table.has("serial")) {
        let name = &table.name;
        let text =
            format!("SELECT setval(pg_get_serial_sequence('{name}', 'serial'), MAX(serial)) FROM {name} HAVING MAX(serial) > 0");
        Sql::new(text, []).number(connection).await?;
    }
    Ok(())
}
