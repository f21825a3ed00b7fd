//! Sandboxes: organizations whose time can be moved forward, to see what will become of their tickets.
//!
//! Nobody else needs to know: [`crate::kernel::Clock::now`] answers the time of the organization that somebody acts in,
//! and [`crate::kernel::Clock::real`] the machine's. Whatever happens because time goes by is a [`Due`].

mod error;
mod passing;
pub mod port;
mod service;

pub use error::SandboxError;
pub use passing::{Consequence, Due, IsEnough, Passing};
pub use service::{MoveClock, OrganizationClock, Sandboxes};

#[cfg(test)]
mod tests;
