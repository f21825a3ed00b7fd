//! Server-sent events.

use std::pin::Pin;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::web::{Bytes, Data};
use futures_util::stream::unfold;

use super::follower::{Follower, Next};
use super::hub::Hub;
use super::logins::Kept;

/// How often a comment says that the server is still there.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// After how many milliseconds a client that was cut comes back.
const BEGINNING: &[u8] = b"retry: 2000\n\n";

/// Counts it for as long as it is there.
struct Counted;

impl Counted {
    fn new() -> Self {
        metrics::gauge!("event_stream_connections").increment(1.0);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("event_stream_connections").decrement(1.0);
    }
}

struct Open {
    hub: Data<Hub>,
    follower: Follower,
    ended: Pin<Box<dyn Future<Output = ()>>>,
    has_begun: bool,
    _counted: Counted,
}

/// What the follower hears, as server-sent events, until what keeps it open ends. It is read from as fast as it is
/// written; who reads slowly is told from the log.
pub fn stream(hub: Data<Hub>, follower: Follower, kept: Kept) -> HttpResponse {
    let ended = Box::pin(async move { kept.ended().await });
    let open = Open { hub, follower, ended, has_begun: false, _counted: Counted::new() };
    let parts = unfold(open, |mut open| async move {
        let part = open.part().await?;
        Some((Ok::<_, std::convert::Infallible>(part), open))
    });
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // Compressed it would wait until a block is full.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(parts)
}

impl Open {
    async fn part(&mut self) -> Option<Bytes> {
        if !self.has_begun {
            self.has_begun = true;
            return Some(Bytes::from_static(BEGINNING));
        }
        tokio::select! {
            () = self.hub.stopped() => None,
            () = &mut self.ended => None,
            next = self.follower.next() => match next {
                Ok(Next::Event(seq, text, _)) => Some(format!("id: {seq}\ndata: {text}\n\n").into()),
                Ok(Next::Lost(_)) | Err(_) => None,
            },
            () = tokio::time::sleep(HEARTBEAT) => Some(Bytes::from_static(b": still here\n\n")),
        }
    }
}
