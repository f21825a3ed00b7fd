//! What clients of `/api/v1` send, in either dialect: both names of a field, references in any form, fields that
//! are read-only ignored.

pub mod account;
pub mod article;
pub mod file;
pub mod filter;
pub mod list;
pub mod macros;
pub mod notification;
pub mod routing;
pub mod rule;
pub mod site;
pub mod sla;
pub mod taxonomy;
pub mod template;
pub mod ticket;
pub mod webhook;
pub mod work_order;

pub use crate::gate::reference::{Day, Given, Ref, Time};
