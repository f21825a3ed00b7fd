//! The database behind a story, looked at and touched without its server.

use sqlx::{Connection, Executor, PgConnection, Row, SqliteConnection};

use super::Story;

impl Story {
    /// Takes the kept answers of idempotency keys away, as if the process had died before it kept them.
    pub async fn forget_answers(&self) {
        const FORGET: &str = "UPDATE idempotency_key SET status = NULL, content_type = NULL, body = NULL";
        if self.url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(&self.url).await.expect("the database opens");
            connection.execute(FORGET).await.expect("answers are forgotten");
        } else {
            let mut connection = PgConnection::connect(&self.url).await.expect("the database opens");
            connection.execute(FORGET).await.expect("answers are forgotten");
        }
    }

    /// How SQLite would find what a statement asks for, step by step.
    pub async fn plan(&self, statement: &str) -> Vec<String> {
        let mut connection = SqliteConnection::connect(&self.url).await.expect("the database opens");
        let explained = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")));
        let steps = explained.fetch_all(&mut connection).await.expect("the statement is one");
        steps.iter().map(|step| step.get("detail")).collect()
    }
}
