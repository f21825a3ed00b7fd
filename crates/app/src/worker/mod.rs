//! What runs beside the server.

mod mail;
mod running;
mod views;
mod workflow;

pub use mail::write_and_send;
pub use running::Running;
pub use views::write_views;
pub use workflow::hand_over;
