//! Routing: routes, and how people are given tickets.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::routing::{AgentRoutingChange, RouteBody};
use crate::dialect::v1::routing;
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const ROUTES: &[Parameter] = &[
    ("search", Type::String, "Part of the name."),
    ("is_active", Type::Boolean, "Only those by which tickets go, or do not go."),
    ("ordering", Type::String, "`position`, `name` or `created_at`, `-` for descending."),
];

/// `/routes/` and `/users/{id}/routing/`
pub fn rows() -> Vec<Route> {
    type P = shape::routing::Route<Uid>;
    type C = shape::routing::Route<SerialId>;
    let op = |id, summary, reply| Operation::new("Routing", id, summary, reply);
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listRoutes", "List routes; staff", Reply::lists::<P, C>()).query(PAGE).query(ROUTES);
    let create = op("createRoute", "Write a route; admins", shows(201)).takes::<RouteBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<RouteBody>().refuses(&[412]);
    let remove = op("deleteRoute", "Delete a route; admins", Reply::nothing()).refuses(&[412]);
    let agent = || Reply::shows::<shape::routing::AgentRouting<Uid>, shape::routing::AgentRouting<SerialId>>(200);
    let read_agent = op("readAgentRouting", "How somebody is given tickets; staff, and oneself", agent());
    let change_agent = op("patchAgentRouting", "Change how somebody is given tickets; admins, oneself availability", agent());
    vec![
        Route::new(Method::GET, "/routes", routing::list, list),
        Route::new(Method::POST, "/routes", routing::create, create),
        Route::new(Method::GET, "/routes/{id}", routing::read, op("readRoute", "A route; staff", shows(200))),
        Route::new(Method::PUT, "/routes/{id}", routing::change, change("updateRoute", "Change a route; admins")),
        Route::new(Method::PATCH, "/routes/{id}", routing::change, change("patchRoute", "Change parts of a route; admins")),
        Route::new(Method::DELETE, "/routes/{id}", routing::remove, remove),
        Route::new(Method::GET, "/users/{id}/routing", routing::agent, read_agent),
        Route::new(
            Method::PATCH,
            "/users/{id}/routing",
            routing::change_agent,
            change_agent.takes::<AgentRoutingChange>().refuses(&[412]),
        ),
    ]
}
