//! What the store shows of tickets, on both databases: against a recount of some three hundred tickets, to everybody who may
//! look.

mod desk;
mod lists;
mod searches;
mod views;
