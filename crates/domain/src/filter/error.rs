//! How saved filters say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a saved filter.
#[derive(Debug, Error)]
pub enum FilterError {
    /// No such filter, or none that the actor may see.
    #[error("Filter not found.")]
    NotFound,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// The filter would be everybody's, and the actor is not staff.
    #[error("Only staff can make a filter public.")]
    NotForAll,
    /// Somebody else's filter would be hidden from everybody but them.
    #[error("Only its author can make a filter private.")]
    NotYours,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for FilterError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Forbidden | Self::NotForAll | Self::NotYours => Kind::Forbidden,
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
