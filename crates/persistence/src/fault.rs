//! What a database's refusal means to the domain.

use helpdesk_domain::kernel::{Problem, StoreError, Violations};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Turns a database error into the domain's: a broken unique rule is `Taken` with the rule's name, a reference to what
/// has been deleted meanwhile or a lost race for locks is `Stale`, a database that does not answer is `Unavailable`,
/// anything else is our mistake.
pub(crate) fn fault(error: DbErr) -> StoreError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(message)) => return StoreError::Taken(rule(&message)),
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => return StoreError::Stale,
        _ => {}
    }
    if lost_race(&error) {
        return StoreError::Stale;
    }
    match error {
        DbErr::Custom(field) if field == CURSOR => StoreError::Invalid(Violations::one(CURSOR, Problem::Unknown(field))),
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => StoreError::Unavailable(Box::new(error)),
        other if driver(&other).is_some_and(is_down) => StoreError::Unavailable(Box::new(other)),
        other => StoreError::Bug(Box::new(other)),
    }
}

const CURSOR: &str = "cursor";

/// The cursor is none of this list, or of another order of it.
pub(crate) fn lost() -> DbErr {
    DbErr::Custom(CURSOR.to_owned())
}

/// Whether a row is still referred to, or refers to nothing.
pub(crate) fn breaks_reference(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

/// Whether PostgreSQL gave up on the transaction for the sake of another (deadlock, serialization); it may run again.
pub(crate) fn lost_race(error: &DbErr) -> bool {
    driver(error).and_then(code).is_some_and(|code| matches!(code.as_str(), "40001" | "40P01"))
}

fn driver(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => Some(inner),
        _ => None,
    }
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).map(Into::into)
}

fn is_down(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        _ => code(error).is_some_and(|code| is_down_code(&code)),
    }
}

/// SQLite: busy, locked, I/O error, disk full (the low byte of its extended codes). PostgreSQL: lost or refused
/// connections, too many of them, disk full, shutting down.
fn is_down_code(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(sqlite) if code.len() < 5 => matches!(sqlite & 0xff, 5 | 6 | 10 | 13),
        _ => code.starts_with("08") || code.starts_with("53") || code.starts_with("57P"),
    }
}

/// SQLite names the columns (`account.email_key`), PostgreSQL the index (`account_email`); both become `account_email`.
fn rule(message: &str) -> String {
    let name = message.rsplit(['"', ' ', ':']).find(|part| !part.trim().is_empty()).unwrap_or(message);
    name.trim_end_matches("_key").replace('.', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_rule_has_one_name_in_both_databases() {
        assert_eq!(rule("UNIQUE constraint failed: account.email_key"), "account_email");
        assert_eq!(rule("UNIQUE constraint failed: category.organization, category.name_key"), "category_name");
        assert_eq!(rule("duplicate key value violates unique constraint \"account_email\""), "account_email");
    }

    #[test]
    fn a_full_disk_is_not_our_mistake() {
        assert!(is_down_code("13"));
        assert!(is_down_code("778"));
        assert!(is_down_code("53100"));
        assert!(!is_down_code("1"));
        assert!(!is_down_code("42601"));
    }
}
