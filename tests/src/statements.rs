//! How many statements the database is asked, told by its driver's own log.

use std::sync::atomic::{AtomicUsize, Ordering};

use tracing::{Event, Level, Metadata, Subscriber, subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// Counts from now on, in the whole process: a test has one for itself.
pub fn watch() {
    subscriber::set_global_default(registry().with(Tally)).expect("nobody else listens");
}

/// How many statements have been asked since the last call.
pub fn asked() -> usize {
    ASKED.swap(0, Ordering::SeqCst)
}

struct Tally;

impl<S: Subscriber> Layer<S> for Tally {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && *metadata.level() <= Level::DEBUG
    }

    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        ASKED.fetch_add(1, Ordering::SeqCst);
    }
}
