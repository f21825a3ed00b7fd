//! What happens, told while it happens.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use crate::dialect::route::Route;
use crate::dialect::v1::realtime::{self, Pass};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};
use crate::realtime::EventPush;

const AFTER: &[Parameter] = &[("after", Type::Integer, "Position (`seq`) behind which to begin; from now on when absent.")];

const PASS: &[Parameter] = &[("ticket", Type::String, "What `POST /api/v1/ws/ticket/` gave, where no header can be sent.")];

fn op(id: &'static str, summary: &'static str, reply: Reply) -> Operation {
    Operation::new("Realtime", id, summary, reply)
}

/// `/ws/ticket/` and `/events/stream/`
pub fn rows() -> Vec<Route> {
    let pass = op("createWebsocketTicket", "Get a ticket to open one websocket with", Reply::says::<Pass>(201));
    let events = op("streamEvents", "Follow the event log as server-sent events; staff", Reply::streams::<EventPush>());
    vec![
        Route::new(Method::POST, "/ws/ticket", realtime::pass, pass),
        Route::new(Method::GET, "/events/stream", realtime::events, events.query(AFTER)),
    ]
}

/// The websockets, under a base of their own.
pub fn sockets() -> Vec<Route> {
    let socket = |id, summary| op(id, summary, Reply::upgrades()).query(AFTER).query(PASS).refuses(&[426]);
    let notifications = socket("followNotifications", "Websocket: what happens, as far as the caller may see it");
    let conversation = socket("followTicket", "Websocket: the conversation on one ticket, who looks at it, who writes");
    vec![
        Route::new(Method::GET, "/notifications", realtime::notifications, notifications),
        Route::new(Method::GET, "/tickets/{id}", realtime::conversation, conversation),
    ]
}
