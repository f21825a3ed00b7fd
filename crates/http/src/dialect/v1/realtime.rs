//! What happens, told while it happens: websockets at `/ws/…` (seed 002) and server-sent events.

use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, rt};
use helpdesk_domain::event::EventError;
use helpdesk_domain::realtime::Pass as PassRule;
use serde::Serialize;
use utoipa::ToSchema;

use super::events::whole;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::{Id, Params};
use crate::problem::{Answer, Problem};
use crate::realtime::{Conversation, Follower, Hearing, Hub, Kept, Socket, open, stream};

/// The last position of the log when the connection began.
const POSITION: HeaderName = HeaderName::from_static("x-event-position");

/// What opens a websocket where no header can be sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pass {
    /// To be sent as `?ticket=`, once.
    pub ticket: String,
    /// Seconds that it is good for.
    pub expires_in: i64,
}

/// `POST /ws/ticket/`
pub async fn pass(desk: Data<Desk>, caller: Caller) -> Answer {
    let ticket = desk.connections.pass(&caller.actor).await?;
    Ok(HttpResponse::Created().json(Pass { ticket, expires_in: PassRule::SECONDS }))
}

/// `GET /ws/notifications/?after=`: everything that the caller may hear.
pub async fn notifications(
    request: HttpRequest,
    payload: Payload,
    desk: Data<Desk>,
    hub: Data<Hub>,
    caller: Caller,
    params: Params,
) -> Answer {
    let after = whole(&params, "after", 0)?;
    let kept = kept(&desk, &hub, &caller, &request)?;
    let (mut answer, session, incoming) = open(&request, payload)?;
    let follower = hub.follow(Hearing::of(&caller.actor), after).await?;
    tell_position(&mut answer, &follower);
    let socket = Socket { session, incoming, follower, kept, conversation: None };
    rt::spawn(socket.serve(hub));
    Ok(answer)
}

/// `GET /ws/tickets/{id}/?after=`: the conversation on one ticket, and who takes part in it.
pub async fn conversation(
    request: HttpRequest,
    payload: Payload,
    desk: Data<Desk>,
    hub: Data<Hub>,
    caller: Caller,
    params: Params,
    Id(id): Id,
) -> Answer {
    let after = whole(&params, "after", 0)?;
    let ticket = desk.live.ticket(&caller.actor, &id).await?;
    let kept = kept(&desk, &hub, &caller, &request)?;
    let (mut answer, session, incoming) = open(&request, payload)?;
    let follower = hub.follow(Hearing::of(&caller.actor).on(ticket.id), after).await?;
    tell_position(&mut answer, &follower);
    let conversation = Conversation::join(&hub, &caller.actor, &ticket, desk.tickets.ids.next());
    let socket = Socket { session, incoming, follower, kept, conversation: Some(conversation) };
    rt::spawn(socket.serve(hub));
    Ok(answer)
}

/// `GET /events/stream/?after=`: the log as server-sent events, for staff. `Last-Event-ID` comes before `after`.
pub async fn events(request: HttpRequest, desk: Data<Desk>, hub: Data<Hub>, caller: Caller, params: Params) -> Answer {
    if !caller.actor.is_staff() {
        return Err(EventError::Forbidden.into());
    }
    let after = resumed(&request).or(whole(&params, "after", 0)?);
    let kept = kept(&desk, &hub, &caller, &request)?;
    if request.method() == Method::HEAD {
        return Ok(HttpResponse::Ok().content_type("text/event-stream").finish());
    }
    let follower = hub.follow(Hearing::of(&caller.actor), after).await?;
    Ok(stream(hub, follower, kept))
}

/// Where a client that comes back was.
fn resumed(request: &HttpRequest) -> Option<i64> {
    let last = request.headers().get("last-event-id")?.to_str().ok()?;
    last.trim().parse().ok().filter(|position| *position >= 0)
}

/// What keeps the connection open: the caller's login, or the key that they brought.
fn kept(desk: &Desk, hub: &Hub, caller: &Caller, request: &HttpRequest) -> Result<Kept, Problem> {
    if let Some(login) = hub.login(&caller.actor) {
        return Ok(Kept::Login(login));
    }
    let secret = request.headers().get("x-api-key").and_then(|secret| secret.to_str().ok());
    let secret = secret.ok_or_else(|| Problem::unauthenticated("Authentication credentials were not provided."))?;
    Ok(Kept::Key(desk.api_keys.clone(), secret.to_owned(), caller.actor.role))
}

fn tell_position(answer: &mut HttpResponse, follower: &Follower) {
    answer.headers_mut().insert(POSITION, HeaderValue::from(follower.position()));
}
