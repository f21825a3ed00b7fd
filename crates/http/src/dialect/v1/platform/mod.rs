//! Seeds 001 and 003: UUIDs, `{"error": {…}}`, tags by name, deadlines with every ticket.

pub mod article;
pub mod audit;
pub mod bulk;
pub mod file;
pub mod filter;
pub mod link;
pub mod macros;
pub mod notification;
pub mod privacy;
mod refusal;
pub mod replay;
pub mod routing;
pub mod rule;
pub mod satisfaction;
pub mod session;
pub mod site;
pub mod sla;
pub mod taxonomy;
pub mod template;
pub mod ticket;
pub mod user;
pub mod webhook;
pub mod work_order;

pub use refusal::{Refusal, refuse};
