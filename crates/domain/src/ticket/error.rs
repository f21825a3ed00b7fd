//! How tickets say no.

use thiserror::Error;

use super::{Action, Status};
use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a ticket.
#[derive(Debug, Error)]
pub enum TicketError {
    /// No such ticket, or none that the actor sees.
    #[error("Ticket not found.")]
    NotFound,
    /// No such comment on the ticket, or none that the actor sees.
    #[error("Comment not found.")]
    NoComment,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// The life of a ticket has no such step.
    #[error("Cannot {} a ticket that is {}.", action.name(), from.word())]
    InvalidTransition {
        /// Where the ticket is.
        from: Status,
        /// What was asked.
        action: Action,
    },
    /// Somebody else has it.
    #[error("The ticket is already assigned to somebody else.")]
    AlreadyClaimed,
    /// It went to the workflow before.
    #[error("The ticket has already been finalized.")]
    AlreadyFinalized,
    /// The organization has no external workflow.
    #[error("No workflow is configured.")]
    NoWorkflow,
    /// The ticket is in a final state and takes no assignee.
    #[error("A ticket that is {} cannot be assigned.", .0.word())]
    NotAssignable(Status),
    /// Only what is resolved or closed goes to the workflow.
    #[error("Cannot finalize a ticket that is {}.", .0.word())]
    NotFinishable(Status),
    /// It was merged into another ticket, which takes what is said instead.
    #[error("The ticket has been merged into another.")]
    Merged,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for TicketError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoComment => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::InvalidTransition { .. }
            | Self::AlreadyClaimed
            | Self::AlreadyFinalized
            | Self::NoWorkflow
            | Self::Merged
            | Self::NotFinishable(_)
            | Self::NotAssignable(_) => Kind::Conflict,
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

    fn word(&self) -> Option<&'static str> {
        match self {
            Self::InvalidTransition { .. } | Self::NotFinishable(_) | Self::NotAssignable(_) => Some("INVALID_TRANSITION"),
            Self::NoWorkflow => Some("WORKFLOW_NOT_CONFIGURED"),
            _ => None,
        }
    }
}
