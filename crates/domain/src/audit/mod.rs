//! The audit log: who came in, who was given which rights, what was taken out and what was erased. For admins.

mod action;
mod error;
mod model;
pub mod port;
mod projection;
mod service;

pub use action::AuditAction;
pub use error::AuditError;
pub use model::{AuditEntry, AuditQuery, AuditSubject, AuditView};
pub use service::{AuditLog, FindAudit};
