//! What a database's refusal means to the domain.

use helpdesk_domain::kernel::StoreError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Turns a database error into the domain's: a broken unique rule is `Taken` with the rule's name, a database that
/// does not answer is `Unavailable`, anything else is our mistake.
pub(crate) fn fault(error: DbErr) -> StoreError {
    if let Some(SqlErr::UniqueConstraintViolation(message)) = error.sql_err() {
        return StoreError::Taken(rule(&message));
    }
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => StoreError::Unavailable(Box::new(error)),
        DbErr::Exec(RuntimeErr::SqlxError(ref inner)) | DbErr::Query(RuntimeErr::SqlxError(ref inner)) if is_broken(inner) => {
            StoreError::Unavailable(Box::new(error))
        }
        other => StoreError::Bug(Box::new(other)),
    }
}

fn is_broken(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed)
}

/// SQLite names the columns (`account.email_key`), PostgreSQL the index (`account_email`); both become `account_email`.
fn rule(message: &str) -> String {
    let name = message.rsplit(['"', ' ', ':']).find(|part| !part.trim().is_empty()).unwrap_or(message);
    name.trim_end_matches("_key").replace('.', "_")
}
