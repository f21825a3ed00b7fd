//! Service levels: policies, calendars, and how deadlines come about.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::sla::{CalendarBody, PolicyBody, SimulateBody};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::dialect::v1::sla::{self, Explained, Simulated};
use crate::dialect::v1::{sla_calendars, sla_policies};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const CALENDARS: &[Parameter] =
    &[("search", Type::String, "Part of the name."), ("ordering", Type::String, "`name` or `created_at`, `-` for descending.")];

const POLICIES: &[Parameter] = &[
    ("search", Type::String, "Part of the name."),
    ("ordering", Type::String, "`position`, `name` or `created_at`, `-` for descending."),
];

/// `/sla/` and `/tickets/{id}/sla/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Service levels", id, summary, reply);
    let explain = op("explainTicketSla", "How the deadlines of a ticket come about; staff", Reply::says::<Explained>(200));
    let simulate = op("simulateSla", "Try a calendar out; staff", Reply::says::<Simulated>(200)).takes::<SimulateBody>();
    let mut rows = vec![
        Route::new(Method::GET, "/tickets/{id}/sla", sla::explain, explain),
        Route::new(Method::POST, "/sla/simulate", sla::simulate, simulate.refuses(&[422])),
    ];
    rows.extend(calendars());
    rows.extend(policies());
    rows
}

fn calendars() -> Vec<Route> {
    type P = shape::sla::Calendar<Uid>;
    type C = shape::sla::Calendar<SerialId>;
    let op = |id, summary, reply| Operation::new("Service levels", id, summary, reply);
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listSlaCalendars", "List calendars; staff", Reply::lists::<P, C>()).query(PAGE).query(CALENDARS);
    let create = op("createSlaCalendar", "Write a calendar; admins", shows(201)).takes::<CalendarBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<CalendarBody>().refuses(&[412]);
    let remove = op("deleteSlaCalendar", "Delete a calendar that no policy has; admins", Reply::nothing()).refuses(&[409, 412]);
    let item = "/sla/calendars/{id}";
    vec![
        Route::new(Method::GET, "/sla/calendars", sla_calendars::list, list),
        Route::new(Method::POST, "/sla/calendars", sla_calendars::create, create),
        Route::new(Method::GET, item, sla_calendars::read, op("readSlaCalendar", "A calendar; staff", shows(200))),
        Route::new(Method::PUT, item, sla_calendars::change, change("updateSlaCalendar", "Change a calendar; admins")),
        Route::new(Method::PATCH, item, sla_calendars::change, change("patchSlaCalendar", "Change parts of a calendar; admins")),
        Route::new(Method::DELETE, item, sla_calendars::remove, remove),
    ]
}

fn policies() -> Vec<Route> {
    type P = shape::sla::Policy<Uid>;
    type C = shape::sla::Policy<SerialId>;
    let op = |id, summary, reply| Operation::new("Service levels", id, summary, reply);
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listSlaPolicies", "List policies; staff", Reply::lists::<P, C>()).query(PAGE).query(POLICIES);
    let create = op("createSlaPolicy", "Write a policy; admins", shows(201)).takes::<PolicyBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<PolicyBody>().refuses(&[412]);
    let remove = op("deleteSlaPolicy", "Delete a policy; admins", Reply::nothing()).refuses(&[412]);
    let item = "/sla/policies/{id}";
    vec![
        Route::new(Method::GET, "/sla/policies", sla_policies::list, list),
        Route::new(Method::POST, "/sla/policies", sla_policies::create, create),
        Route::new(Method::GET, item, sla_policies::read, op("readSlaPolicy", "A policy; staff", shows(200))),
        Route::new(Method::PUT, item, sla_policies::change, change("updateSlaPolicy", "Change a policy; admins")),
        Route::new(Method::PATCH, item, sla_policies::change, change("patchSlaPolicy", "Change parts of a policy; admins")),
        Route::new(Method::DELETE, item, sla_policies::remove, remove),
    ]
}
