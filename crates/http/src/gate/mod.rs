//! What every request passes before a handler sees it, and every answer on its way out.

pub mod address;
pub mod body;
pub mod caller;
pub mod etag;
pub mod idempotency;
pub mod limit;
pub mod log;
pub mod page;
pub mod params;
pub mod path;

pub use body::Body;
pub use caller::{Caller, Voice};
pub use page::Paged;
pub use params::Params;
pub use path::{CommentPath, Id};
