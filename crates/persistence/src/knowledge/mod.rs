//! What is written once and read by many.

pub(crate) mod article;
mod faq;
mod found;
mod ranking;
mod suggestion;
