//! Rows, as they are stored. Tickets, comments and history have none: they are read joined and written by hand.

pub(crate) mod account;
pub(crate) mod api_key;
pub(crate) mod article_category;
pub(crate) mod category;
pub(crate) mod customer;
pub(crate) mod delivery;
pub(crate) mod department;
pub(crate) mod event;
pub(crate) mod idempotency_key;
pub(crate) mod location;
pub(crate) mod macros;
pub(crate) mod notification;
pub(crate) mod organization;
pub(crate) mod password_reset;
pub(crate) mod rejection;
pub(crate) mod route;
pub(crate) mod rule;
pub(crate) mod saved_filter;
pub(crate) mod session;
pub(crate) mod sla_calendar;
pub(crate) mod sla_policy;
pub(crate) mod tag;
pub(crate) mod template;
pub(crate) mod webhook;
