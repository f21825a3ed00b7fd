//! The use cases of routing.

mod agents;
mod routes;

use std::sync::Arc;

use super::RoutingError;
use super::port::{AgentRepository, RouteRepository};
use crate::identity::port::IdentityRepository;
use crate::kernel::clock::{Clock, Ids};
use crate::taxonomy::port::TaxonomyRepository;
use crate::work::UnitOfWork;

/// What the use cases of routing need from outside.
#[derive(Clone)]
pub struct Routing {
    /// Routes.
    pub routes: Arc<dyn RouteRepository>,
    /// How people are given tickets.
    pub agents: Arc<dyn AgentRepository>,
    /// People.
    pub people: Arc<dyn IdentityRepository>,
    /// What routes name.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, RoutingError>;
