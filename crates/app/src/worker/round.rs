//! A round of a worker, as a span.

use std::future::Future;

use tracing::field::Empty;
use tracing::{Instrument, info_span};

/// Does a round; who collects spans hears of it only where there was something to do.
pub(super) async fn round<T, E>(
    worker: &'static str,
    has_worked: impl FnOnce(&T) -> bool,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let span = info_span!("round", otel.name = worker, idle = Empty);
    let done = work.instrument(span.clone()).await;
    if let Ok(done) = &done
        && !has_worked(done)
    {
        span.record("idle", true);
    }
    done
}
