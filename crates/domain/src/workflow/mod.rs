//! The external workflow that finished tickets are handed to. What it is told is fixed by the commit that finalizes the
//! ticket, and waits as a [`crate::delivery::Delivery`].

mod handover;
mod target;
#[cfg(test)]
mod tests;

pub use handover::{Handover, TOLD_AS};
pub use target::Workflows;
