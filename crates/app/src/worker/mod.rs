//! What runs beside the server.

mod along;
mod automation;
mod clocks;
mod days;
mod delivery;
mod depth;
mod mail;
mod notification;
mod replicas;
mod round;
mod routing;
mod running;
mod views;

pub use automation::automate;
pub use clocks::watch_clocks;
pub use days::count_days;
pub use delivery::bring;
pub use mail::write_and_send;
pub use notification::notify;
pub use replicas::{TogetherLimits, relay};
pub use routing::route;
pub use running::Running;
pub use views::write_views;
