//! The use cases of service levels.

mod calendars;
mod explain;
mod policies;
mod simulate;

use std::sync::Arc;

use super::SlaError;
use super::port::SlaRepository;
use crate::kernel::clock::{Clock, Ids};
use crate::taxonomy::port::TaxonomyRepository;
use crate::ticket::port::TicketRepository;
use crate::work::UnitOfWork;

/// What the use cases of service levels need from outside.
#[derive(Clone)]
pub struct ServiceLevels {
    /// Policies and calendars.
    pub levels: Arc<dyn SlaRepository>,
    /// Tickets to explain.
    pub tickets: Arc<dyn TicketRepository>,
    /// What conditions name.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, SlaError>;
