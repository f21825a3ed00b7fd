//! The external workflow that finished tickets are handed to. What it is told is fixed by the commit that finalizes the
//! ticket and waits as a [`Delivery`]; [`Courier`] brings it there.

mod courier;
mod handover;
mod model;
pub mod port;
#[cfg(test)]
mod tests;

pub use courier::Courier;
pub use handover::{Handover, TOLD_AS};
pub use model::{Delivery, DeliveryEntry};
pub use port::Refused;
