//! Deadlines. A deadline is a pure function of the target, the start, the pauses and now; what is stored is a cache.

mod clock;
mod policy;

pub use clock::{Pause, Pauses, SlaState, SlaStatus, resolution_status};
pub use policy::Targets;
