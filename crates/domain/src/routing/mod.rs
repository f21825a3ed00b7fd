//! Who takes a ticket: routes say among whom, a strategy says who, and the claim never gives anybody more than they can
//! bear.

mod agent;
pub mod port;
mod router;
mod strategy;

pub use agent::{Agent, AgentProfile, Pool, Skills};
pub use router::{Assignment, Claim, Router};
pub use strategy::Strategy;

#[cfg(test)]
mod tests;
