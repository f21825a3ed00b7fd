//! How much waits, as a figure.

/// What waits, of which no more than 10 000 are counted.
#[expect(clippy::cast_precision_loss, reason = "no more than 10 000 are counted")]
pub(super) fn depth(waiting: u64) -> f64 {
    waiting as f64
}
