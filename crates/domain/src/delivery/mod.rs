//! What is sent to other programs: a queue of messages whose text was fixed by the commit that they tell of, brought there
//! by a [`Courier`]. To one recipient, what is about one thing comes in the order in which it happened: a message waits
//! until the one before it was taken or given up.

mod courier;
mod model;
pub mod port;
#[cfg(test)]
mod tests;

pub use courier::{Brought, Courier};
pub use model::{Delivery, DeliveryEntry, DeliveryState, DeliveryView, Destination, Due, Recipient};
pub use port::{Answer, Refused, Settled};
