//! Saved filters.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::filters;
use crate::dialect::v1::request::filter::FilterBody;
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const FILTERS: &[Parameter] = &[
    ("search", Type::String, "Part of the name."),
    ("is_public", Type::Boolean, "Those for everybody, or one's own private ones."),
    ("ordering", Type::String, "`name`, `created_at` or `updated_at`, `-` for descending."),
];

type P = shape::filter::Filter<Uid>;
type C = shape::filter::Filter<SerialId>;

/// `/filters/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Saved Filters", id, summary, reply);
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listFilters", "List saved filters", Reply::lists::<P, C>()).query(PAGE).query(FILTERS);
    let create = op("createFilter", "Keep a filter of the ticket list", shows(201)).takes::<FilterBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<FilterBody>().refuses(&[412]);
    let remove = op("deleteFilter", "Delete a saved filter", Reply::nothing()).refuses(&[412]);
    let item = "/filters/{id}";
    vec![
        Route::new(Method::GET, "/filters", filters::list, list),
        Route::new(Method::POST, "/filters", filters::create, create),
        Route::new(Method::GET, item, filters::read, op("readFilter", "A saved filter", shows(200))),
        Route::new(Method::PUT, item, filters::change, change("updateFilter", "Change a saved filter")),
        Route::new(Method::PATCH, item, filters::change, change("patchFilter", "Change parts of a saved filter")),
        Route::new(Method::DELETE, item, filters::remove, remove),
    ]
}
