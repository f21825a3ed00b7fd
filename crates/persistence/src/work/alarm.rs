//! Alarms of service levels that rang, for whoever looks at the figures.

use helpdesk_domain::event::{Event, Happened};

/// How many rang in a commit.
#[derive(Debug, Default)]
pub(super) struct Alarms {
    warned: u64,
    breached: u64,
}

impl Alarms {
    /// Those among the events.
    pub fn of(events: &[Event]) -> Self {
        let mut alarms = Self::default();
        for event in events {
            match event.happened {
                Happened::SlaWarned { .. } => alarms.warned += 1,
                Happened::SlaBreached { .. } => alarms.breached += 1,
                _ => {}
            }
        }
        alarms
    }

    /// Counts them.
    pub fn count(&self) {
        if self.warned > 0 {
            metrics::counter!("sla_warnings_total").increment(self.warned);
        }
        if self.breached > 0 {
            metrics::counter!("sla_breaches_total").increment(self.breached);
        }
    }
}
