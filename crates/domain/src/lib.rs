//! The rules of a help desk, and nothing else: no web framework, no database, no environment, no clock.
//!
//! Read it in this order:
//!
//! - [`kernel`]: who acts ([`kernel::Actor`]), on what ([`kernel::Reference`]), and how a refusal is told
//!   ([`kernel::Fault`], [`kernel::Violations`]).
//! - [`identity`]: organizations, people, roles, logins.
//! - [`ticket`]: tickets, their life as one table ([`ticket::Status::after`]), what is said on them.
//! - [`link`]: how tickets belong together; [`transfer`]: merging and splitting them; [`satisfaction`]: how content
//!   requesters are.
//! - [`routing`]: who takes a ticket.
//! - [`taxonomy`]: categories, tags, departments.
//! - [`template`]: answers that are written once and used often.
//! - [`filter`]: questions to the ticket list that are kept under a name.
//! - [`knowledge`]: what everybody may read without asking: questions and answers.
//! - [`field_service`]: work on site: orders, tasks, materials, whom for and where.
//! - [`attachment`]: files on tickets, files of people, pictures of people; rows here, contents behind a port.
//! - [`sla`]: what is promised on tickets, and business calendars: deadlines as a pure function.
//! - [`sandbox`]: organizations whose time can be moved forward; what happens because time goes by.
//! - [`automation`]: what is done with tickets by itself: rules, and what they did.
//! - [`search`]: what full-text search means, whichever database keeps the index.
//! - [`analytics`]: figures, by the days of the organization's time zone.
//! - [`mail`]: what people are told by mail.
//! - [`notification`]: what people are told in the desk itself.
//! - [`realtime`]: what people hear while it happens.
//! - [`webhook`]: programs that are told what happens; [`delivery`]: how messages get there.
//! - [`workflow`]: what finished tickets are handed to.
//! - [`event`]: the log of what happened; history and everything that is ever sent are projections of it.
//! - [`audit`]: who came in, who was given which rights, what was taken out.
//! - [`privacy`]: what is kept of a person, taken out or erased.
//! - [`work`]: [`work::Changes`], the one value that a use case commits.
//!
//! A use case is a method of [`ticket::Tickets`], [`identity::Accounts`], [`identity::Logins`],
//! [`identity::Passwords`], [`taxonomy::Taxonomy`], [`template::Templates`], [`filter::SavedFilters`], [`knowledge::Faqs`],
//! [`field_service::WorkOrders`], [`field_service::Customers`], [`field_service::Locations`], [`attachment::Files`],
//! [`attachment::Portraits`], [`notification::Notifications`], [`automation::Rules`],
//! [`analytics::Analytics`] or [`event::EventLog`]: it loads
//! through ports, asks a policy, lets an aggregate decide, and
//! commits one `Changes`.
//! Whoever links this crate implements the ports (the traits in the `port` modules, [`work::UnitOfWork`],
//! [`kernel::Clock`], [`kernel::Ids`]) or takes their mocks (feature `mocks`). `examples/desk.rs` does it in memory.

#![warn(missing_docs)]

pub mod analytics;
pub mod attachment;
pub mod audit;
pub mod automation;
pub mod delivery;
pub mod event;
pub mod field_service;
pub mod filter;
pub mod idempotency;
pub mod identity;
pub mod kernel;
pub mod knowledge;
pub mod link;
pub mod mail;
pub mod notification;
pub mod privacy;
pub mod realtime;
pub mod routing;
pub mod sandbox;
pub mod satisfaction;
pub mod search;
pub mod sla;
pub mod taxonomy;
pub mod template;
pub mod ticket;
pub mod transfer;
pub mod webhook;
pub mod work;
pub mod workflow;

#[cfg(any(test, feature = "mocks"))]
pub mod testing;
