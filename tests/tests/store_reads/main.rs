//! What the store shows of tickets and of knowledge, on both databases: against a naive recount, to everybody who may look.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod articles;
mod desk;
mod faqs;
mod lists;
mod searches;
mod views;
