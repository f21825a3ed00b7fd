//! Service levels. A deadline is a pure function of the policy, the calendar, what happened to the ticket, and now; what
//! is stored is a cache that every commit of a ticket renews ([`Book`], [`crate::ticket::Ticket::judge`]).

mod book;
mod calendar;
mod clock;
pub mod command;
mod error;
mod model;
mod pauses;
mod policy;
pub mod port;
mod rights;
mod service;
mod standing;
mod terms;
mod view;
mod watch;

pub use book::Book;
pub use calendar::{BusinessCalendar, Interval, MOST_DATES, MOST_INTERVALS, MOST_SPANS, Never, Reason, Trace};
pub use clock::{Alarm, Clock, ClockKind, Rung};
pub use error::SlaError;
pub use model::{Calendar, CalendarState};
pub use pauses::{Pause, Pauses};
pub use policy::{Conditions, Policy, PolicyState};
pub use service::ServiceLevels;
pub use standing::{Deadline, SlaState, SlaStatus};
pub use terms::{Targets, Terms, Version};
pub use view::{CalendarView, ClockView, ExplainedTicket, PolicyView, Simulated};
pub use watch::Watch;

#[cfg(test)]
mod tests;
