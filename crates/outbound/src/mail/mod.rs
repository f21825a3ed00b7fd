//! Mail: letters made of the outbox's messages.

mod compose;

pub use compose::{Composer, Letter, Links, Unwritable};
