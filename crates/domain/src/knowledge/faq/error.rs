//! How questions and answers say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a question.
#[derive(Debug, Error)]
pub enum FaqError {
    /// No such question, or none that the reader may see.
    #[error("FAQ not found.")]
    NotFound,
    /// No such organization.
    #[error("Organization not found.")]
    NoOrganization,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for FaqError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoOrganization => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
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
