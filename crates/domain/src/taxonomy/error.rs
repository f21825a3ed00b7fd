//! How the taxonomy says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::{Problem, Violations};

/// Why a category, tag or department was refused.
#[derive(Debug, Error)]
pub enum TaxonomyError {
    /// Only staff change the taxonomy.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// No such category here.
    #[error("Category not found.")]
    NoCategory,
    /// No such tag here.
    #[error("Tag not found.")]
    NoTag,
    /// No such department here.
    #[error("Department not found.")]
    NoDepartment,
    /// Tickets or accounts still have it.
    #[error("It is still in use.")]
    InUse,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for TaxonomyError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Taken(what) if what.ends_with("in_use") => Self::InUse,
            StoreError::Taken(_) => Violations::one("name", Problem::Taken).into(),
            _ => Self::Store(error),
        }
    }
}

impl Fault for TaxonomyError {
    fn kind(&self) -> Kind {
        match self {
            Self::Forbidden => Kind::Forbidden,
            Self::NoCategory | Self::NoTag | Self::NoDepartment => Kind::NotFound,
            Self::InUse => Kind::Conflict,
            Self::Invalid(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        match self {
            Self::Invalid(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
