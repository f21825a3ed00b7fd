//! How figures say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;
use crate::ticket::TicketError;

/// Why figures were not told.
#[derive(Debug, Error)]
pub enum AnalyticsError {
    /// Figures are for staff.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Parameters at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// A filter that makes no sense.
    #[error(transparent)]
    Filter(#[from] TicketError),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for AnalyticsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Forbidden => Kind::Forbidden,
            Self::Invalid(error) => error.kind(),
            Self::Filter(error) => error.kind(),
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
