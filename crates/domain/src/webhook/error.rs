//! How webhooks say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a webhook.
#[derive(Debug, Error)]
pub enum WebhookError {
    /// No such webhook here.
    #[error("Webhook not found.")]
    NotFound,
    /// No such delivery of that webhook.
    #[error("Delivery not found.")]
    NoDelivery,
    /// Webhooks are for admins.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// There are as many as an organization may have.
    #[error("An organization has at most 50 webhooks.")]
    TooMany,
    /// Nothing is sent while it is paused.
    #[error("The webhook is paused; nothing is sent to it.")]
    Paused,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for WebhookError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoDelivery => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::TooMany | Self::Paused => Kind::Conflict,
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
