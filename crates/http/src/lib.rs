//! The API over HTTP: translates between the wire and the use cases of `helpdesk-domain`, and decides nothing.
//!
//! [`dialect`] holds one module per wire format; [`gate`] what every request passes; [`openapi`] the documents, made
//! from the routing tables; [`serve`] mounts it all.

mod account_pages;
mod ago;
mod content;
mod desk;
pub mod dialect;
pub mod gate;
mod health;
pub mod openapi;
mod problem;
mod realtime;
mod sandbox;
mod server;
mod settings;
mod words;

pub use account_pages::{RESET_PASSWORD, UNSUBSCRIBE};
pub use desk::Desk;
pub use dialect::help::document as help_document;
pub use dialect::smartsupport::document as smartsupport_document;
pub use dialect::v1::Voice;
pub use dialect::v1::document as v1_document;
pub use gate::limit::{Shared, SharedLimits};
pub use health::Health;
pub use problem::Problem;
pub use sandbox::SandboxClock;
pub use server::{mount, serve};
pub use settings::{HttpSettings, Rate, RateLimits};
