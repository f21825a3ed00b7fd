//! What every request passes before a handler sees it, and every answer on its way out.

pub mod address;
pub mod body;
pub mod caller;
pub mod cookie;
pub mod decimal;
mod door;
pub mod etag;
mod form_digest;
pub mod idempotency;
pub mod limit;
pub mod log;
pub mod multipart;
pub mod page;
pub mod params;
mod pass;
pub mod path;
pub mod reference;
pub mod scope;
mod seen;
mod still;
pub mod stream;
pub mod written;

pub use body::Body;
pub use caller::{Caller, Visitor};
pub use door::Door;
pub use page::Paged;
pub use params::Params;
pub use pass::{Counted, gate};
pub use path::{CommentPath, Id, LinkPath, VersionPath};
pub use seen::{Media, Seen};

/// Where websockets are opened.
const SOCKETS: &str = "/ws/";
