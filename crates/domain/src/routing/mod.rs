//! Who takes a ticket: routes say among whom, a strategy says who, and the claim never gives anybody more than they can
//! bear.

mod agent;
pub mod command;
mod dispatcher;
mod error;
mod news;
pub mod policy;
pub mod port;
mod reader;
mod route;
mod router;
mod service;
mod strategy;
mod view;

pub use agent::{Agent, AgentProfile, Pool, Skills};
pub use dispatcher::Dispatcher;
pub use error::RoutingError;
pub use news::RoutingNews;
pub use reader::RouteReader;
pub use route::{Match, Route, RouteState};
pub use router::{Assignment, Claim, Router};
pub use service::Routing;
pub use strategy::Strategy;
pub use view::{AgentView, RouteView};

#[cfg(test)]
mod tests;
