//! Seed 002: integers, `{"error", "details"}`, `*_display`, tags as objects.

pub mod article;
pub mod audit;
pub mod bulk;
pub mod file;
pub mod filter;
pub mod link;
pub mod notification;
pub mod privacy;
mod refusal;
pub mod routing;
pub mod satisfaction;
pub mod session;
pub mod site;
pub mod sla;
pub mod taxonomy;
pub mod template;
pub mod ticket;
pub mod user;
pub mod work_order;

pub use refusal::{Refusal, refuse};
