//! Seed 002: integers, `{"error", "details"}`, `*_display`, tags as objects.

pub mod bulk;
mod refusal;
pub mod session;
pub mod taxonomy;
pub mod ticket;
pub mod user;

pub use refusal::{Refusal, refuse};
