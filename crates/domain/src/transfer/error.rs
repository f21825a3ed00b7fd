//! How merging and splitting say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;
use crate::ticket::{Status, TicketError};

/// Why tickets were not merged, split, or made what they were before.
#[derive(Debug, Error)]
pub enum TransferError {
    /// Staff merge and split.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// It goes on in another ticket already.
    #[error("The ticket has already been merged.")]
    AlreadyMerged,
    /// Nothing is merged into what was merged itself.
    #[error("The other ticket has been merged into another.")]
    TargetMerged,
    /// Nothing goes on in a ticket that is over.
    #[error("Cannot merge into a ticket that is {}.", .0.word())]
    TargetFinal(Status),
    /// There is nothing to undo.
    #[error("The ticket has not been merged.")]
    NotMerged,
    /// There is nothing to undo.
    #[error("The ticket was not split off from another.")]
    NotSplit,
    /// What came later is undone first.
    #[error("A later merge or split of these tickets must be undone first.")]
    NotLatest,
    /// The new ticket would take with it what was said on it.
    #[error("The ticket has comments or files of its own by now.")]
    HasMore,
    /// What tickets say.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Violations> for TransferError {
    fn from(violations: Violations) -> Self {
        Self::Ticket(violations.into())
    }
}

impl Fault for TransferError {
    fn kind(&self) -> Kind {
        match self {
            Self::Forbidden => Kind::Forbidden,
            Self::AlreadyMerged
            | Self::TargetMerged
            | Self::TargetFinal(_)
            | Self::NotMerged
            | Self::NotSplit
            | Self::NotLatest
            | Self::HasMore => Kind::Conflict,
            Self::Ticket(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        match self {
            Self::Ticket(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }

    fn word(&self) -> Option<&'static str> {
        match self {
            Self::TargetFinal(_) => Some("INVALID_TRANSITION"),
            _ => None,
        }
    }
}
