//! How content requesters are: a score and a comment for each resolved ticket.

mod error;
mod model;
mod policy;
pub mod port;
mod service;
#[cfg(test)]
mod tests;

pub use error::SatisfactionError;
pub use model::{Rating, RatingState, RatingView, Score};
pub use service::{RateTicket, Rated, Satisfaction};
