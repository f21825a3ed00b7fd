//! The stories of `/api/v1`: what clients of both its dialects may rely on, over HTTP, on both databases.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod auth;
