//! How notifications say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};

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

    fn below(&self) -> Option<&dyn Fault> {
        if let Self::Store(error) = self { Some(error) } else { None }
    }
}
