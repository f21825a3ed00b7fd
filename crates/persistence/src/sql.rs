//! SQL that is put together from parts, with what is bound to it; and rows that are read by position.
//!
//! The text depends on the shape of a question only, never on its values, so that prepared statements are found again.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, TryGetable, Value};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, from_value};
use uuid::Uuid;

use crate::column::from_json;
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

    /// The text and its values, to be put into another.
    pub fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
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
        rows.iter().map(|row| read(&mut Fields::of(row))).collect()
    }

    /// Asks it, and reads the first row.
    pub async fn one<T>(
        self,
        connection: &impl ConnectionTrait,
        read: impl FnOnce(&mut Fields<'_>) -> Result<T, DbErr>,
    ) -> Result<Option<T>, DbErr> {
        let row = connection.query_one_raw(self.statement(connection.get_database_backend())).await?;
        row.map(|row| read(&mut Fields::of(&row))).transpose()
    }

    /// Asks for the first field of every row.
    pub async fn column<T: Field>(self, connection: &impl ConnectionTrait) -> Result<Vec<T>, DbErr> {
        self.all(connection, |row: &mut Fields<'_>| row.next()).await
    }

    /// Asks for a number; 0 where there is no row.
    pub async fn number(self, connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
        Ok(self.one(connection, |row| row.next()).await?.unwrap_or(0))
    }
}

/// The fields of a row, one after the other: reading by name costs a search each.
pub(crate) struct Fields<'r>(Source<'r>);

enum Source<'r> {
    Row { row: &'r QueryResult, next: usize },
    Packed(std::vec::IntoIter<Json>),
}

/// What stands in a field, of a row of its own or of a packed one.
pub(crate) trait Field: TryGetable + DeserializeOwned {}
impl<T: TryGetable + DeserializeOwned> Field for T {}

impl<'r> Fields<'r> {
    fn of(row: &'r QueryResult) -> Self {
        Self(Source::Row { row, next: 0 })
    }

    /// The next field.
    pub fn next<T: Field>(&mut self) -> Result<T, DbErr> {
        match &mut self.0 {
            Source::Row { row, next } => {
                let field = row.try_get_by_index(*next);
                *next += 1;
                field
            }
            Source::Packed(fields) => told(fields),
        }
    }

    /// The next field, which is true or false (SQLite has numbers for that).
    pub fn flag(&mut self) -> Result<bool, DbErr> {
        match &mut self.0 {
            Source::Row { .. } => self.next(),
            Source::Packed(_) => self.next::<Json>().map(|flag| flag == Json::Bool(true) || flag == 1),
        }
    }

    /// The next field, which holds [packed](packed) rows; none where it is empty.
    pub fn rows<T>(&mut self, read: impl Fn(&mut Fields<'_>) -> Result<T, DbErr>) -> Result<Vec<T>, DbErr> {
        let rows = match &mut self.0 {
            Source::Row { .. } => self.next::<Option<String>>()?.map_or(Ok(Vec::new()), |text| from_json(&text))?,
            Source::Packed(fields) => told::<Option<Vec<Vec<Json>>>>(fields)?.unwrap_or_default(),
        };
        rows.into_iter().map(|row| read(&mut Fields(Source::Packed(row.into_iter())))).collect()
    }

    /// Leaves fields out.
    pub fn skip(&mut self, fields: usize) {
        match &mut self.0 {
            Source::Row { next, .. } => *next += fields,
            Source::Packed(packed) => packed.by_ref().take(fields).for_each(drop),
        }
    }
}

fn told<T: DeserializeOwned>(fields: &mut std::vec::IntoIter<Json>) -> Result<T, DbErr> {
    from_value(fields.next().unwrap_or_default()).map_err(|error| DbErr::Json(error.to_string()))
}

/// Columns as they are [packed]; `#` marks a UUID, which SQLite keeps as bytes.
pub(crate) fn fields(backend: DbBackend, columns: &str) -> String {
    if backend == DbBackend::Postgres {
        return columns.replace('#', "");
    }
    let columns = columns.split(", ").map(|column| match column.strip_prefix('#') {
        Some(uuid) => format!("NULLIF(HEX({uuid}), '')"),
        None => column.to_owned(),
    });
    columns.collect::<Vec<_>>().join(", ")
}

/// [Fields](fields) of all rows, in an order, as one JSON value: a driver's cost is by row and by field. SQLite's copies
/// every field, and wakes who waits for every row.
pub(crate) fn packed(backend: DbBackend, fields: &str, order_by: &str) -> String {
    let by = if order_by.is_empty() { "" } else { " ORDER BY " };
    match backend {
        DbBackend::Postgres => format!("json_agg(json_build_array({fields}){by}{order_by})"),
        _ => format!("json_group_array(json_array({fields}){by}{order_by})"),
    }
}

/// A table with one column, `value`, of the entries of one bound value (see [`list`]).
pub(crate) fn listed(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "json_array_elements_text(?::json) AS listed(value)",
        _ => "json_each(?) AS listed",
    }
}

/// A list of ids, to be asked for with `IN`. Beside it stands `+organization = ?`: SQLite supposes that a list is long, and
/// would rather look at all that the organization has; the `+` keeps its index out.
pub(crate) fn uuids(backend: DbBackend, ids: impl IntoIterator<Item = Uuid>) -> Result<Sql, DbErr> {
    let ids: Vec<String> = ids.into_iter().map(|id| id.simple().to_string()).collect();
    let text = format!("(SELECT {} FROM {})", portable::uuid(backend, "value"), listed(backend));
    Ok(Sql::new(text, [list(&ids)?]))
}

/// A list as one bound value, so that the text of a statement does not depend on its length.
pub(crate) fn list<T: serde::Serialize>(entries: &[T]) -> Result<Value, DbErr> {
    crate::column::json(&entries).map(Value::from)
}
