//! Fresh identities.

use std::sync::{Arc, Mutex, PoisonError};

use helpdesk_domain::kernel::{Clock, Ids};
use uuid::{ContextV7, Timestamp, Uuid};

/// UUIDv7 of a clock's time. Each sorts behind the one before, whatever the clock does.
pub struct UuidIds {
    clock: Arc<dyn Clock>,
    counter: Mutex<ContextV7>,
}

impl UuidIds {
    /// Ids of that clock's time.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, counter: Mutex::new(ContextV7::new()) }
    }
}

impl Ids for UuidIds {
    fn next(&self) -> Uuid {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let counter = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*counter, seconds, now.timestamp_subsec_nanos()))
    }
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::testing::FixedClock;

    use super::*;

    #[test]
    fn ids_sort_by_age_even_when_the_clock_goes_back() {
        let clock = Arc::new(FixedClock::default());
        let ids = UuidIds::new(clock.clone());
        let mut made = Vec::new();
        for minutes in [5, 5, 9, 3] {
            clock.set(minutes);
            made.extend((0..100).map(|_| ids.next()));
        }
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn an_id_is_a_version_7_uuid_of_the_clocks_time() {
        let clock = Arc::new(FixedClock::default());
        clock.set(7);
        let id = UuidIds::new(clock).next();
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_timestamp().unwrap().to_unix().0, 7 * 60);
    }
}
