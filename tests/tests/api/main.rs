//! The stories of `/api/v1`: what clients of both its dialects may rely on, over HTTP, on both databases;
//! and those of smartsupport, `/api`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod analytics;
mod api_keys;
mod article_categories;
mod articles;
mod auth;
mod bad_input;
mod bodies;
mod comments;
mod cookies;
mod deadlines;
mod dialects;
mod documents;
mod events;
mod file_links;
mod file_refusals;
mod files;
mod filters;
mod finalize;
mod idempotency;
mod life_cycle;
mod limits;
mod lists;
mod organizations;
mod passwords;
mod realtime;
mod references;
mod registration;
mod requesters;
mod rights;
mod safe_writes;
mod scheduling;
mod search;
mod sites;
mod smartsupport;
mod statements;
mod suggestions;
mod taxonomy;
mod templates;
mod tickets_classic;
mod tickets_platform;
mod users;
mod walk;
mod work_order_lists;
mod work_orders;
