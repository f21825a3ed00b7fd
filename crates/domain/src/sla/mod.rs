//! Deadlines. A deadline is a pure function of the policy, the calendar, what happened to the ticket, and now; what is
//! stored is a cache.

mod calendar;
mod clock;
mod policy;

pub use calendar::{BusinessCalendar, Interval, MOST_DATES, MOST_INTERVALS, MOST_SPANS, Never, Reason, Trace};
pub use clock::{Pause, Pauses, SlaState, SlaStatus, resolution_status};
pub use policy::Targets;
