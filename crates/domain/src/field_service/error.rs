//! How field service says no.

use thiserror::Error;

use super::WorkStatus;
use crate::kernel::clock::Moment;
use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum FieldServiceError {
    /// No such work order, or none that the actor sees.
    #[error("Work order not found.")]
    NoWorkOrder,
    /// No such task on the work order.
    #[error("Task not found.")]
    NoTask,
    /// No such material on the work order.
    #[error("Material not found.")]
    NoMaterial,
    /// No such customer here.
    #[error("Customer not found.")]
    NoCustomer,
    /// No such location here.
    #[error("Location not found.")]
    NoLocation,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// The life of a work order has no such step.
    #[error("A work order that is {} cannot become {}.", from.word(), to.word())]
    InvalidTransition {
        /// Where it is.
        from: WorkStatus,
        /// Where it was to go.
        to: WorkStatus,
    },
    /// The technician has something else to do at that time.
    #[error("The technician is booked for WO{number:04} \"{title}\" from {} to {}. Send \"force\": true to book them twice.", from.to_rfc3339(), to.to_rfc3339())]
    Booked {
        /// Number of the other work order.
        number: i64,
        /// What it is called.
        title: String,
        /// When it begins.
        from: Moment,
        /// When it ends.
        to: Moment,
    },
    /// Work orders or locations still have it.
    #[error("It is still in use.")]
    InUse,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for FieldServiceError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Taken(what) if what.ends_with("in_use") => Self::InUse,
            _ => Self::Store(error),
        }
    }
}

impl Fault for FieldServiceError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoWorkOrder | Self::NoTask | Self::NoMaterial | Self::NoCustomer | Self::NoLocation => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::InvalidTransition { .. } | Self::Booked { .. } | Self::InUse => Kind::Conflict,
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
            Self::InvalidTransition { .. } => Some("INVALID_TRANSITION"),
            _ => None,
        }
    }
}
