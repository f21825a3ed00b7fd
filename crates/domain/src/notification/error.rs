//! How notifications say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a notification.
#[derive(Debug, Error)]
pub enum NotificationError {
    /// No such notification, or somebody else's.
    #[error("Notification not found.")]
    NotFound,
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for NotificationError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "RESOURCE_NOT_FOUND",
            Self::Store(error) => error.code(),
        }
    }

    fn is_race(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_race())
    }

    fn violations(&self) -> Option<&Violations> {
        if let Self::Store(error) = self { error.violations() } else { None }
    }
}
