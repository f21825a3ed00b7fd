//! Who asks, and how they want to be answered.

use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::identity::{IdentityError, KeyAdmission, Scope};
use helpdesk_domain::kernel::Actor;

use super::params::Params;
use super::path::routed;
use super::seen::{Media, Seen};
use super::{SOCKETS, cookie, scope};
use crate::desk::Desk;
use crate::problem::Problem;

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Caller<D> {
    /// Who acts.
    pub actor: Actor,
    /// How they are answered.
    pub voice: D,
    /// Makes the addresses of contents.
    pub media: Media,
}

impl<D> Caller<D> {
    /// What they are shown now.
    pub fn seen(&self) -> Seen<'_> {
        self.media.seen(Some(&self.actor))
    }
}

/// Anybody. Credentials that are wrong are told only where somebody has to be known.
#[derive(Clone, Debug)]
pub struct Visitor<D> {
    /// Who it is, if they proved it.
    pub actor: Option<Actor>,
    /// How they are answered.
    pub voice: D,
    /// Makes the addresses of contents.
    pub media: Media,
}

impl<D> Visitor<D> {
    /// What they are shown now.
    pub fn seen(&self) -> Seen<'_> {
        self.media.seen(self.actor.as_ref())
    }
}

/// What the gate found out about a request; kept in its extensions, beside the dialect's value.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who asks, or why that is not known.
    pub actor: Result<Actor, Problem>,
}

/// How the gate keeps the dialect's value in the extensions.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<D>(pub D);

/// Looks at the request's credentials: somebody, and what their token says of the dialect. A token comes before a key, a
/// key before what the address of a content says, that before a cookie.
pub async fn admit(desk: &Desk, request: &ServiceRequest) -> Result<(Actor, String), Problem> {
    let headers = request.headers();
    if let Some(token) = bearer(headers) {
        let admission = desk.logins.admit(token).await.map_err(told)?;
        return Ok((admission.actor, admission.audience));
    }
    if let Some(secret) = headers.get("x-api-key") {
        let secret = secret.to_str().unwrap_or_default();
        return by_key(desk, secret, scope::wanted(request.method(), routed(request))).await;
    }
    if let Some(pass) = pass(request)? {
        let admission = desk.connections.admit(&pass).await.map_err(told)?;
        return Ok((admission.actor, admission.audience));
    }
    if let Some(query) = content_query(request)? {
        return admit_by_query(desk, routed(request), &query).await;
    }
    if let Some(session) = cookie::session(headers).filter(|_| !headers.contains_key(AUTHORIZATION)) {
        let (admission, csrf) = desk.logins.admit_cookie(session).await.map_err(told)?;
        cookie::check(request.method(), headers, &csrf)?;
        cookie::check_origin(request)?;
        return Ok((admission.actor, admission.audience));
    }
    Err(Problem::unauthenticated("Authentication credentials were not provided."))
}

/// What a browser brings instead of a token when it opens a websocket.
fn pass(request: &ServiceRequest) -> Result<Option<String>, Problem> {
    if !routed(request).starts_with(SOCKETS) {
        return Ok(None);
    }
    Ok(Params::parse(request.query_string())?.get(&["ticket"]).map(str::to_owned))
}

/// The query of a request for a content, where browsers have no other place for credentials.
fn content_query(request: &ServiceRequest) -> Result<Option<Params>, Problem> {
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    let is_content = routed(request).starts_with("/media/") || routed(request).ends_with("/download");
    if !is_read || !is_content {
        return Ok(None);
    }
    let query = Params::parse(request.query_string())?;
    Ok(Some(query).filter(|query| query.has("token") || query.has("api_key")))
}

/// By the signature of a link to just this content, or by an access token.
async fn admit_by_query(desk: &Desk, path: &str, query: &Params) -> Result<(Actor, String), Problem> {
    let Some(token) = query.get(&["token"]) else {
        return by_key(desk, query.get(&["api_key"]).unwrap_or_default(), Scope::TicketsRead).await;
    };
    if let Some(object) = path.strip_prefix("/media/").and_then(ObjectKey::parse)
        && let Ok(actor) = desk.files.follow(token, &object).await
    {
        return Ok((actor, String::new()));
    }
    let admission = desk.logins.admit(token).await.map_err(told)?;
    Ok((admission.actor, admission.audience))
}

/// Whoever made the API key, if it is for that. What is read by `?api_key=` asks here too.
pub async fn by_key(desk: &Desk, secret: &str, wanted: Scope) -> Result<(Actor, String), Problem> {
    let KeyAdmission { admission, key } = desk.api_keys.admit(secret).await.map_err(|error| match error {
        IdentityError::BadToken => Problem::unauthenticated("Invalid API key."),
        other => other.into(),
    })?;
    if key.covers(wanted) {
        return Ok((admission.actor, admission.audience));
    }
    Err(Problem::forbidden(&format!("This API key lacks the scope {}.", wanted.word())))
}

fn told(error: IdentityError) -> Problem {
    match error {
        IdentityError::BadToken => Problem::unauthenticated("Given token not valid or expired."),
        other => other.into(),
    }
}

/// The token behind `Authorization: Bearer`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The dialect's value that the gate found.
pub fn voice<D: Copy + 'static>(request: &HttpRequest) -> Result<D, Problem> {
    request.extensions().get::<Spoken<D>>().map(|spoken| spoken.0).ok_or_else(Problem::bug)
}

fn found(request: &HttpRequest) -> Result<Found, Problem> {
    request.extensions().get::<Found>().cloned().ok_or_else(Problem::bug)
}

impl<D: Copy + 'static> FromRequest for Caller<D> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let actor = found(request).and_then(|found| found.actor);
        ready(actor.and_then(|actor| Ok(Self { actor, voice: voice(request)?, media: Media::of(request)? })))
    }
}

impl<D: Copy + 'static> FromRequest for Visitor<D> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let actor = found(request).map(|found| found.actor.ok());
        ready(actor.and_then(|actor| Ok(Self { actor, voice: voice(request)?, media: Media::of(request)? })))
    }
}
