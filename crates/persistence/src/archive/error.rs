//! Why an organization was not moved.

use helpdesk_domain::kernel::StoreError;
use sea_orm::DbErr;
use thiserror::Error;

use crate::fault::fault;

/// Why an organization was not moved.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The file is not what an export writes, or not of this version.
    #[error("{0}")]
    Malformed(String),
    /// What is to come in is there already.
    #[error("{0}")]
    Taken(String),
    /// The output, or the input, failed.
    #[error("the file: {0}")]
    File(#[from] std::io::Error),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for ArchiveError {
    fn from(error: DbErr) -> Self {
        Self::Store(fault(error))
    }
}
