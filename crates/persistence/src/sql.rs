//! SQL that is put together from parts, with what is bound to it; and rows that are read by position.
//!
//! The text depends on the shape of a question only, never on its values, so that prepared statements are found again.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, TryGetable, Value};

use crate::portable;

/// A piece of SQL and its values, in step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// SQL with a `?` for each value.
    pub fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: text.into(), values: values.into_iter().collect() }
    }

    /// Goes on with text that binds nothing.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Goes on with text that has a `?` for each value.
    pub fn bind(&mut self, text: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        self.text.push_str(text);
        self.values.extend(values);
        self
    }

    /// Goes on with another piece.
    pub fn append(&mut self, piece: Self) -> &mut Self {
        self.text.push_str(&piece.text);
        self.values.extend(piece.values);
        self
    }

    /// Several pieces with `between` between them.
    pub fn joined(pieces: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut whole = Self::default();
        for (n, piece) in pieces.into_iter().enumerate() {
            whole.push(if n == 0 { "" } else { between }).append(piece);
        }
        whole
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn statement(self, backend: DbBackend) -> Statement {
        Statement::from_sql_and_values(backend, portable::sql(backend, &self.text), self.values)
    }

    /// Runs it.
    pub async fn execute(self, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
        connection.execute_raw(self.statement(connection.get_database_backend())).await.map(drop)
    }

    /// Asks it, and reads each row.
    pub async fn all<T>(
        self,
        connection: &impl ConnectionTrait,
        read: impl Fn(&mut Fields<'_>) -> Result<T, DbErr>,
    ) -> Result<Vec<T>, DbErr> {
        let rows = connection.query_all_raw(self.statement(connection.get_database_backend())).await?;
        rows.iter().map(|row| read(&mut Fields { row, next: 0 })).collect()
    }

    /// Asks it, and reads the first row.
    pub async fn one<T>(
        self,
        connection: &impl ConnectionTrait,
        read: impl FnOnce(&mut Fields<'_>) -> Result<T, DbErr>,
    ) -> Result<Option<T>, DbErr> {
        let row = connection.query_one_raw(self.statement(connection.get_database_backend())).await?;
        row.map(|row| read(&mut Fields { row: &row, next: 0 })).transpose()
    }

    /// Asks for the first field of every row.
    pub async fn column<T: TryGetable>(self, connection: &impl ConnectionTrait) -> Result<Vec<T>, DbErr> {
        self.all(connection, |row: &mut Fields<'_>| row.next()).await
    }

    /// Asks for a number; 0 where there is no row.
    pub async fn number(self, connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
        Ok(self.one(connection, |row| row.next()).await?.unwrap_or(0))
    }
}

/// The fields of a row, one after the other: reading by name costs a search each.
pub(crate) struct Fields<'r> {
    row: &'r QueryResult,
    next: usize,
}

impl Fields<'_> {
    /// The next field.
    pub fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        let field = self.row.try_get_by_index(self.next);
        self.next += 1;
        field
    }

    /// Leaves fields out.
    pub fn skip(&mut self, fields: usize) {
        self.next += fields;
    }
}

/// A table with one column, `value`, of the entries of one bound value (see [`list`]).
pub(crate) fn listed(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "json_array_elements_text(?::json) AS listed(value)",
        _ => "json_each(?) AS listed",
    }
}

/// A list as one bound value, so that the text of a statement does not depend on its length.
pub(crate) fn list<T: serde::Serialize>(entries: &[T]) -> Result<Value, DbErr> {
    crate::column::json(&entries).map(Value::from)
}
