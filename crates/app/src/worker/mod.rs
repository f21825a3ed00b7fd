//! What runs beside the server.

mod delivery;
mod mail;
mod running;

pub use delivery::bring;
pub use mail::write_and_send;
pub use running::Running;
