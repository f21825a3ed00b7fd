//! Which tables there are and what they refer to, as the database itself says.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::ArchiveError;
use super::value::Kind;
use crate::sql::{Fields, Sql};

/// What stays behind: it ends or is done soon, or is the database's own. Indexes of words (`…search…`) too.
const LEFT: [&str; 8] =
    ["session", "pass", "password_reset", "idempotency_key", "mail", "delivery", "loose_object", "seaql_migrations"];

/// References that are none to the database: what they refer to may be gone.
const LOOSE: [(&str, &str, &str); 1] = [("ticket_history", "ticket", "ticket")];

/// The tables, what is referred to before what refers to it.
pub(super) struct Schema(pub Vec<Table>);

/// A table that belongs to organizations.
#[derive(Clone)]
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
    /// The table whose serials stand in it.
    pub refers_to: Option<String>,
    /// Whether what it refers to may come later: it is filled in at the end.
    pub is_late: bool,
    /// Where it stands in the table's key; 0 where it does not.
    key: i64,
    is_required: bool,
}

impl Schema {
    /// Asks the database.
    pub async fn read(connection: &impl ConnectionTrait) -> Result<Self, ArchiveError> {
        let (columns, references) = questions(connection.get_database_backend());
        let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for (table, column) in Sql::new(columns, []).all(connection, column).await? {
            if !stays(&table) {
                tables.entry(table).or_default().push(column);
            }
        }
        let declared = Sql::new(references, []).all(connection, |row| Ok((row.next()?, row.next()?, row.next()?))).await?;
        let loose = LOOSE.map(|(table, column, to)| (table.to_owned(), column.to_owned(), to.to_owned()));
        for (table, name, to) in declared.into_iter().chain(loose) {
            let columns = tables.get_mut(&table).into_iter().flatten();
            columns.filter(|column| column.name == name).for_each(|column| column.refers_to = Some(to.clone()));
        }
        Self(ordered(tables)).checked()
    }

    /// The table of that name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|table| table.name == name)
    }

    /// The condition that a row of `t` belongs to an organization, whose serial is bound once.
    pub fn belongs(&self, table: &Table) -> Option<String> {
        self.belongs_as(table, "t", 0)
    }

    fn belongs_as(&self, table: &Table, alias: &str, depth: usize) -> Option<String> {
        if table.name == "organization" {
            return Some(format!("{alias}.serial = ?"));
        }
        if table.has("organization") {
            return Some(format!("{alias}.organization = ?"));
        }
        let parent = |column: &Column| {
            let to = self.table(column.refers_to.as_ref()?).filter(|to| to.name != table.name && depth < 8)?;
            let above = format!("p{depth}");
            let condition = self.belongs_as(to, &above, depth + 1)?;
            let name = &column.name;
            Some(format!("EXISTS (SELECT 1 FROM {} AS {above} WHERE {above}.serial = {alias}.{name} AND {condition})", to.name))
        };
        table.columns.iter().find_map(parent)
    }

    /// A table of nobody's must be known to stay behind.
    fn checked(self) -> Result<Self, ArchiveError> {
        let lost = self.0.iter().find(|table| self.belongs(table).is_none()).map(|table| table.name.clone());
        lost.map_or(Ok(self), |name| Err(ArchiveError::Malformed(format!("the table {name} belongs to no organization"))))
    }
}

impl Table {
    /// Whether it has that column.
    pub fn has(&self, name: &str) -> bool {
        self.column(name).is_some()
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Its key, to be sorted by.
    pub fn key(&self) -> String {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key.iter().map(|column| format!("t.{}", column.name)).collect::<Vec<_>>().join(", ")
    }
}

fn stays(table: &str) -> bool {
    LEFT.contains(&table) || table.starts_with("sqlite_") || table.contains("search")
}

/// Puts what is referred to first. A table that refers to itself, or goes in a circle, has what it refers to filled in at
/// the end.
fn ordered(mut tables: BTreeMap<String, Vec<Column>>) -> Vec<Table> {
    let known: BTreeSet<String> = tables.keys().cloned().collect();
    let mut placed: Vec<Table> = Vec::new();
    while !tables.is_empty() {
        let is_placed = |to: &String| !known.contains(to) || placed.iter().any(|table| table.name == *to);
        let waits = |column: &&Column| column.refers_to.as_ref().is_some_and(|to| !is_placed(to));
        let free = tables.iter().find(|(_, columns)| !columns.iter().any(|column| waits(&column)));
        let late = tables.iter().find(|(_, columns)| columns.iter().filter(waits).all(|column| !column.is_required));
        let Some(name) = free.or(late).or_else(|| tables.iter().next()).map(|(name, _)| name.clone()) else { break };
        let mut columns = tables.get(&name).cloned().unwrap_or_default();
        columns.iter_mut().for_each(|column| column.is_late = waits(&&*column));
        tables.remove(&name);
        placed.push(Table { name, columns });
    }
    placed
}

fn column(row: &mut Fields<'_>) -> Result<(String, Column), DbErr> {
    let (table, name) = (row.next()?, row.next()?);
    let kind = Kind::of(&row.next::<String>()?);
    let (is_required, key) = (row.next::<i64>()? == 1, row.next()?);
    Ok((table, Column { name, kind, refers_to: None, is_late: false, key, is_required }))
}

/// Table, name, type, whether it must be filled, and place in the key of every column; table, column and target of every
/// reference.
fn questions(backend: DbBackend) -> (&'static str, &'static str) {
    if backend == DbBackend::Postgres { POSTGRES } else { SQLITE }
}

const SQLITE: (&str, &str) = (
    "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master AS m, pragma_table_info(m.name) AS c \
     WHERE m.type = 'table' ORDER BY m.name, c.cid",
    "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'",
);

const POSTGRES: (&str, &str) = (
    "SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT), CAST(format_type(a.atttypid, NULL) AS TEXT), \
     CAST(CASE WHEN a.attnotnull THEN 1 ELSE 0 END AS BIGINT), \
     CAST(COALESCE(array_position(CAST(i.indkey AS SMALLINT[]), a.attnum) + 1, 0) AS BIGINT) \
     FROM pg_class AS r JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped \
     LEFT JOIN pg_index AS i ON i.indrelid = r.oid AND i.indisprimary \
     WHERE r.relkind = 'r' AND r.relnamespace = CAST(current_schema() AS regnamespace) ORDER BY r.relname, a.attnum",
    "SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT), CAST(p.relname AS TEXT) FROM pg_constraint AS c \
     JOIN pg_class AS r ON r.oid = c.conrelid JOIN pg_class AS p ON p.oid = c.confrelid \
     JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
     WHERE c.contype = 'f' AND r.relnamespace = CAST(current_schema() AS regnamespace)",
);
