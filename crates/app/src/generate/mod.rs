//! Any number of tickets, articles and work orders that look like those of a real desk, the same for the same seed.

mod article;
mod cast;
mod crew;
mod life;
mod text;
mod trade;
mod visit;
mod words;

use chrono::TimeDelta;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::ticket::TicketError;
use helpdesk_persistence::Loaded;
use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::StdRng;

pub use article::ArticleGenerator;
pub use cast::{Cast, Casting};
pub use crew::Crew;
use life::Life;
pub use visit::Visits;

/// The tickets of this long until now.
pub const SPAN: TimeDelta = TimeDelta::days(730);

/// Generates tickets, oldest first; nothing is kept of those that were given away.
pub struct Generator {
    cast: Cast,
    rng: StdRng,
    now: Moment,
    count: u64,
    made: u64,
}

impl Generator {
    /// So many tickets, spread over [`SPAN`] until `now`.
    pub fn new(cast: Cast, seed: u64, count: u64, now: Moment) -> Self {
        Self { cast, rng: StdRng::seed_from_u64(seed), now, count, made: 0 }
    }
}

impl Iterator for Generator {
    type Item = Result<Loaded, TicketError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.made == self.count {
            return None;
        }
        let slot = SPAN.num_microseconds()? / i64::try_from(self.count).ok()?;
        let offset = slot * i64::try_from(self.made).ok()? + self.rng.random_range(0..slot.max(1));
        self.made += 1;
        Life::of(&self.cast, &mut self.rng, self.now - SPAN + TimeDelta::microseconds(offset), self.now)
    }
}

#[cfg(test)]
mod tests;
