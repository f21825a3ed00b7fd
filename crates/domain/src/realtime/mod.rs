//! What people hear while it happens: the event log, told to whoever is connected, each as much as they may see.
//!
//! Nothing here knows of sockets. [`LiveFeed`] reads the log with who takes part in its tickets, [`Told::heard_by`] says
//! who hears how much of it, [`Connections`] knows whether a login that keeps a connection open still stands, and
//! [`port::Signals`] wakes whoever waits, in this process and in those beside it.

mod connections;
mod feed;
pub mod port;
mod signal;
#[cfg(test)]
mod tests;
mod told;

pub use connections::{Connections, Pass, Standing};
pub use feed::LiveFeed;
pub use signal::{Glimpse, Heard, Looks, Signal};
pub use told::{Extent, Participants, Told};
