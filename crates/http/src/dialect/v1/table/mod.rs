//! The rows of the routing table. Words before parameters: the first path that fits is taken.

mod analytics;
mod api_keys;
mod audit;
mod auth;
mod bulk;
mod comments;
mod events;
mod field_service;
mod files;
mod filters;
mod integrations;
mod knowledge;
mod notifications;
mod organizations;
mod privacy;
mod realtime;
mod relations;
mod routing;
mod rules;
mod sla;
mod taxonomy;
mod templates;
mod tickets;
mod users;
mod webhooks;

use utoipa::openapi::schema::Type;

pub use realtime::sockets;

use crate::dialect::route::Route;
use crate::openapi::operation::Parameter;

const PAGE: &[Parameter] = &[
    ("page", Type::Integer, "Page number, from 1."),
    ("page_size", Type::Integer, "Entries per page; 20, at most 100."),
    ("cursor", Type::String, "Empty for the first part, then what `next` says; no count, any depth at the same cost."),
];

/// All rows.
pub fn table() -> Vec<Route> {
    [
        auth::rows(),
        api_keys::rows(),
        organizations::rows(),
        users::rows(),
        privacy::rows(),
        bulk::rows(),
        tickets::rows(),
        tickets::actions(),
        relations::links(),
        relations::transfers(),
        relations::satisfaction(),
        comments::rows(),
        files::rows(),
        taxonomy::rows(),
        templates::rows(),
        knowledge::articles(),
        knowledge::categories(),
        sla::rows(),
        routing::rows(),
        filters::rows(),
        notifications::rows(),
        field_service::orders(),
        field_service::tasks(),
        field_service::materials(),
        field_service::customers(),
        field_service::locations(),
        events::rows(),
        audit::rows(),
        integrations::rows(),
        analytics::rows(),
        realtime::rows(),
        webhooks::rows(),
        rules::rows(),
        rules::macros(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
