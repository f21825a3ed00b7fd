//! What the store shows of tickets, on both databases: against a recount of some three hundred tickets, to everybody who may
//! look.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod desk;
mod lists;
mod searches;
mod views;
