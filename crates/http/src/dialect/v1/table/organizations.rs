//! The caller's organization.

use actix_web::http::Method;

use crate::dialect::v1::organizations::{self, Choice, Organization};
use crate::dialect::v1::routes::Route;
use crate::openapi::{Operation, Reply};

/// `/organizations/current/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Organizations", id, summary, Reply::says::<Organization>(200));
    let changes = |id| op(id, "Change the organization's choices").takes::<Choice>();
    vec![
        Route::new(Method::GET, "/organizations/current", organizations::read, op("readOrganization", "Read the organization")),
        Route::new(Method::PUT, "/organizations/current", organizations::change, changes("putOrganization")),
        Route::new(Method::PATCH, "/organizations/current", organizations::change, changes("changeOrganization")),
    ]
}
