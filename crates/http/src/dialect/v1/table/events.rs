//! The event log.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use crate::dialect::route::Route;
use crate::dialect::v1::events;
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const EVENTS: &[Parameter] = &[
    ("after", Type::Integer, "Position behind which to begin; 0 for the beginning."),
    ("limit", Type::Integer, "Most events in the answer; 100, at most 1000."),
];

/// `/events/`
pub fn rows() -> Vec<Route> {
    let events =
        Operation::new("Events", "listEvents", "Follow the event log", Reply::shows::<events::Events, events::Events>(200));
    vec![Route::new(Method::GET, "/events", events::list, events.query(EVENTS))]
}
