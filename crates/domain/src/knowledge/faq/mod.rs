//! Questions that are often asked (seed 000): staff write them, everybody reads those that are shown.

pub mod command;
mod error;
mod model;
pub mod policy;
pub mod port;
mod service;
mod view;

pub use error::FaqError;
pub use model::{Faq, FaqChange, FaqState};
pub use service::Faqs;
pub use view::FaqView;

#[cfg(test)]
mod tests;
