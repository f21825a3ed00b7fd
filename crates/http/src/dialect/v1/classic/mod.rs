//! Seed 002: integers, `{"error", "details"}`, `*_display`, tags as objects.

pub mod bulk;
pub mod notification;
mod refusal;
pub mod routing;
pub mod session;
pub mod taxonomy;
pub mod ticket;
pub mod user;

pub use refusal::{Refusal, refuse};
