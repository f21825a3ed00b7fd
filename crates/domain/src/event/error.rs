//! How the log says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};

/// Why the log was not shown.
#[derive(Debug, Error)]
pub enum EventError {
    /// The log is for staff.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for EventError {
    fn kind(&self) -> Kind {
        match self {
            Self::Forbidden => Kind::Forbidden,
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        if let Self::Store(error) = self { Some(error) } else { None }
    }
}
