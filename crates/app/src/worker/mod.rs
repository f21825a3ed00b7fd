//! What runs beside the server.

mod days;
mod mail;
mod notification;
mod running;
mod views;
mod workflow;

pub use days::count_days;
pub use mail::write_and_send;
pub use notification::notify;
pub use running::Running;
pub use views::write_views;
pub use workflow::hand_over;
