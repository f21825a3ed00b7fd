//! What runs beside the server.

mod clocks;
mod days;
mod mail;
mod notification;
mod running;
mod workflow;

pub use clocks::watch_clocks;
pub use days::count_days;
pub use mail::write_and_send;
pub use notification::notify;
pub use running::Running;
pub use workflow::hand_over;
