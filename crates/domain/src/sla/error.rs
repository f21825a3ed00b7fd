//! How service levels say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with service levels.
#[derive(Debug, Error)]
pub enum SlaError {
    /// No such calendar.
    #[error("Calendar not found.")]
    NoCalendar,
    /// No such policy.
    #[error("Policy not found.")]
    NoPolicy,
    /// No such ticket, or none that the actor may see.
    #[error("Ticket not found.")]
    NoTicket,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Policies count by the calendar.
    #[error("The calendar is in use by a policy.")]
    CalendarInUse,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SlaError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken(rule) if rule == "calendar_in_use" => Self::CalendarInUse,
            error => Self::Store(error),
        }
    }
}

impl Fault for SlaError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoCalendar | Self::NoPolicy | Self::NoTicket => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::CalendarInUse => Kind::Conflict,
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
