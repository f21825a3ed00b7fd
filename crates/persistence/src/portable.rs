//! What the two databases say differently. The only code that asks which one it is, besides the search index.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};

/// SQL with `?` placeholders, as the backend wants it: PostgreSQL counts them (`$1`, `$2` …). SQLite looks at the value of
/// a bare one behind `LIMIT` when it prepares a statement, and so prepares it again every time.
pub(crate) fn sql(backend: DbBackend, text: &str) -> String {
    if backend != DbBackend::Postgres {
        return text.replace("LIMIT ?", "LIMIT ? + 0");
    }
    let mut counted = String::with_capacity(text.len() + 16);
    for (n, part) in text.split('?').enumerate() {
        if n > 0 {
            counted.push('$');
            counted.push_str(&n.to_string());
        }
        counted.push_str(part);
    }
    counted
}

fn statement(backend: DbBackend, text: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend, sql(backend, text), values)
}

/// Runs a statement; answers how many rows it touched.
pub(crate) async fn execute<C: ConnectionTrait>(connection: &C, text: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let backend = connection.get_database_backend();
    Ok(connection.execute_raw(statement(backend, text, values)).await?.rows_affected())
}

/// Asks for one row at most.
pub(crate) async fn one<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    text: &str,
    values: Vec<Value>,
) -> Result<Option<T>, DbErr> {
    let backend = connection.get_database_backend();
    let row = connection.query_one_raw(statement(backend, text, values)).await?;
    row.map(|row| T::from_query_result(&row, "")).transpose()
}

/// Asks for all rows.
pub(crate) async fn all<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    text: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, DbErr> {
    let backend = connection.get_database_backend();
    let rows = connection.query_all_raw(statement(backend, text, values)).await?;
    rows.iter().map(|row| T::from_query_result(row, "")).collect()
}

/// How a row is kept from others until the transaction ends. SQLite's writer is alone anyway. Keys never change: with `FOR
/// UPDATE` alone, who refers to the row would wait too, and some of those for each other.
pub(crate) fn for_update(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { " FOR NO KEY UPDATE" } else { "" }
}

/// How rows of one table of several are kept from others until the transaction ends.
pub(crate) fn for_update_of(backend: DbBackend, table: &str) -> String {
    if backend == DbBackend::Postgres { format!(" FOR NO KEY UPDATE OF {table}") } else { String::new() }
}

/// How rows are passed over that somebody else keeps. SQLite's writer is alone anyway.
pub(crate) fn skipping_locked(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { " FOR NO KEY UPDATE SKIP LOCKED" } else { "" }
}

/// A text of hexadecimal digits as the UUID that a column holds.
pub(crate) fn uuid(backend: DbBackend, text: &str) -> String {
    if backend == DbBackend::Postgres { format!("CAST({text} AS UUID)") } else { format!("UNHEX({text})") }
}

/// So many groups of placeholders: `(?, ?), (?, ?)`.
pub(crate) fn repeated(group: &str, times: usize) -> String {
    vec![group; times].join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgresql_counts_its_placeholders() {
        assert_eq!(sql(DbBackend::Postgres, "a = ? AND b IN (?, ?)"), "a = $1 AND b IN ($2, $3)");
        assert_eq!(sql(DbBackend::Sqlite, "a = ?"), "a = ?");
    }

    #[test]
    fn sqlite_does_not_see_the_placeholder_of_a_limit() {
        assert_eq!(sql(DbBackend::Sqlite, "a LIMIT ? OFFSET ?"), "a LIMIT ? + 0 OFFSET ?");
    }
}
