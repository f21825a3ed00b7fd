//! The caller's organization.

use actix_web::http::Method;

use crate::dialect::route::Route;
use crate::dialect::v1::organizations::{self, Choice, ClockMove, Organization, OrganizationClock};
use crate::openapi::{Operation, Reply};

/// `/organizations/current/` and its clock
pub fn rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Organizations", id, summary, Reply::says::<Organization>(200));
    let changes = |id| op(id, "Change the organization's choices").takes::<Choice>().refuses(&[409]);
    let shows = || Reply::says::<OrganizationClock>(200);
    let clock = Operation::new("Organizations", "readClock", "The time of the organization; staff", shows());
    let summary = "Move the time of a sandbox forward; what comes true on the way happens; admins";
    let moves = Operation::new("Organizations", "moveClock", summary, shows()).takes::<ClockMove>().refuses(&[409, 422]);
    vec![
        Route::new(Method::GET, "/organizations/current/clock", organizations::clock, clock),
        Route::new(Method::POST, "/organizations/current/clock", organizations::move_clock, moves),
        Route::new(Method::GET, "/organizations/current", organizations::read, op("readOrganization", "Read the organization")),
        Route::new(Method::PUT, "/organizations/current", organizations::change, changes("putOrganization")),
        Route::new(Method::PATCH, "/organizations/current", organizations::change, changes("changeOrganization")),
    ]
}
