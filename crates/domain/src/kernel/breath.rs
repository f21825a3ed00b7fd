//! Long calculations among others who want the thread.

use std::future::poll_fn;
use std::task::Poll;

/// Lets others have their turn.
pub async fn breathe() {
    let mut has_waited = false;
    poll_fn(|context| {
        if has_waited {
            return Poll::Ready(());
        }
        has_waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
