//! The stories of `/api/v1`: what clients of both its dialects may rely on, over HTTP, on both databases.

#![expect(clippy::unwrap_used, reason = "tests")]

mod auth;
mod comments;
mod deadlines;
mod dialects;
mod filters;
mod life_cycle;
mod lists;
mod references;
mod registration;
mod requesters;
mod search;
mod taxonomy;
mod tickets_classic;
mod tickets_platform;
mod users;
