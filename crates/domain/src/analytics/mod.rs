//! Figures over an organization, by the days of its own time zone (seed 001).
//!
//! What happened to tickets is a [`Flow`]: how many came, were answered, resolved and ended, how long that took and which
//! deadlines were kept. A flow belongs to the day on which it happened, and to what the ticket is now: its category,
//! priority, assignee and tags. What is open at this moment is the [`Standing`].

mod durations;
mod error;
mod figures;
mod flow;
pub mod policy;
pub mod port;
mod report;
mod service;
mod span;
mod work;

pub use durations::{Durations, Summary};
pub use error::AnalyticsError;
pub use figures::{Consumer, PeopleFigures, Queue, SystemFigures};
pub use flow::{Flow, Standing, TicketFigures};
pub use report::{DashboardReport, Day, PeopleReport, PerformanceReport, TicketReport};
pub use service::{Analytics, Wanted};
pub use span::{Edge, Span};
pub use work::{WorkDone, WorkFigures, WorkReport};

#[cfg(test)]
mod tests;
