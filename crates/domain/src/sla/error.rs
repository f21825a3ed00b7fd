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
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoCalendar | Self::NoPolicy | Self::NoTicket => "RESOURCE_NOT_FOUND",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::CalendarInUse => "CONFLICT",
            Self::Invalid(_) => "VALIDATION_ERROR",
            Self::Store(error) => error.code(),
        }
    }

    fn is_race(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_race())
    }

    fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Invalid(violations) => Some(violations),
            Self::Store(error) => error.violations(),
            _ => None,
        }
    }
}
