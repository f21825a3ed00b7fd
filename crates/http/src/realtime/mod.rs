//! Connections that stay open: what happens is told to whoever is connected and may see it.
//!
//! One [`Hub`] for the process reads the log of every organization that somebody is connected to, once, and makes each
//! event into text once ([`push`]). A connection costs a task that follows ([`follower`]) what its person may hear; one
//! that falls behind is told from the log again, at its own pace, so that nothing is buffered for it. Websockets
//! ([`socket`]) and server-sent events ([`stream`]) are two ways of writing the same.

mod conversation;
mod follower;
mod frames;
mod hub;
mod logins;
mod onlookers;
mod push;
mod room;
mod socket;
mod stream;

pub use conversation::Conversation;
pub use follower::{Follower, Hearing};
pub use hub::Hub;
pub use logins::Kept;
pub use push::EventPush;
pub use socket::{Socket, open};
pub use stream::stream;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The guard of a lock that nothing panics under.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
