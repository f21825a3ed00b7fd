//! What the database is asked, told by its driver's own log.

use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;

static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Listens from now on, in the whole process: a test has one for itself.
pub fn watch() {
    subscriber::set_global_default(registry().with(Tally)).expect("nobody else listens");
}

/// How many statements have been asked since the last call.
pub fn asked() -> usize {
    texts().len()
}

/// The statements that have been asked since the last call.
pub fn texts() -> Vec<String> {
    std::mem::take(&mut *kept())
}

fn kept() -> MutexGuard<'static, Vec<String>> {
    ASKED.lock().expect("nobody panicked over it")
}

struct Tally;

impl<S: Subscriber> Layer<S> for Tally {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && *metadata.level() <= Level::DEBUG
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut text = Text::default();
        event.record(&mut text);
        kept().push(text.0);
    }
}

/// A long statement is told whole in a field of its own, a short one by its summary.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "db.statement" && !value.trim().is_empty() || field.name() == "summary" && self.0.is_empty() {
            value.trim().clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
