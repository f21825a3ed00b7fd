//! What may help with a ticket: articles and questions that have some of its words.

mod error;
pub mod port;
mod service;
mod telling;

pub use error::SuggestionError;
pub use service::{Plea, Suggestions};
pub use telling::telling_words;

use uuid::Uuid;

use crate::kernel::id::Serial;

/// What sort of thing is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A published article.
    Article,
    /// A question that is shown to everybody.
    Faq,
}

/// Something that may help.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What sort of thing.
    pub kind: SuggestionKind,
    /// UUID.
    pub id: Uuid,
    /// Integer.
    pub serial: Serial,
    /// What it is called, or asks.
    pub title: String,
    /// An article's name in addresses.
    pub slug: Option<String>,
    /// Where the words were found: HTML-escaped, hits in `<mark>`.
    pub snippet: String,
    /// How well it fits: more is better.
    pub score: f64,
}
