//! `Idempotency-Key`: a POST that comes twice is done once, and answered alike both times.

use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{Error, FromRequest, HttpMessage, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use helpdesk_domain::idempotency::{Answer, SpentRequest};
use helpdesk_domain::kernel::{Actor, Fingerprint, IdempotencyClaim, Problem as FieldProblem};
use sha2::{Digest, Sha256};

use super::body::read;
use super::caller::Found;
use super::multipart::{Parts, is_form};
use super::path::routed;
use super::seen::Media;
use crate::desk::Desk;
use crate::dialect::{Dialect, Made};
use crate::problem::Problem;
use crate::settings::HttpSettings;

const HEADER: &str = "idempotency-key";
const LONGEST: usize = 255;

/// The claim that a request makes, if it makes one: POST with a key, by somebody who is known, not at a door where
/// credentials are tried. The body is read for its digest and put back; a form with files has its digest when it has been
/// read where it is wanted.
pub async fn claim<D: Dialect>(
    request: &mut ServiceRequest,
    settings: &HttpSettings,
) -> Result<Option<(Actor, IdempotencyClaim)>, Problem> {
    let Some(key) = request.headers().get(HEADER).filter(|_| request.method() == Method::POST) else { return Ok(None) };
    let key = key.to_str().ok().map(str::trim).filter(|key| !key.is_empty() && key.len() <= LONGEST);
    let actor = request.extensions().get::<Found>().and_then(|found| found.actor.clone().ok());
    let Some(actor) = actor.filter(|_| !D::is_door(routed(request))) else { return Ok(None) };
    let key = key.ok_or_else(|| Problem::field("Idempotency-Key", FieldProblem::TooLong(LONGEST)))?.to_owned();
    let fingerprint = if is_form(request) { Fingerprint::default() } else { fingerprint(request, settings).await?.into() };
    let scope = format!("POST {}", routed(request).trim_end_matches('/'));
    let claim = IdempotencyClaim { key, scope, fingerprint };
    if let Some(found) = request.extensions_mut().get_mut::<Found>()
        && let Ok(actor) = &mut found.actor
    {
        actor.claim = Some(claim.clone());
    }
    Ok(Some((actor, claim)))
}

async fn fingerprint(request: &mut ServiceRequest, settings: &HttpSettings) -> Result<String, Problem> {
    let mut payload = request.take_payload();
    let bytes = read(&mut payload, settings).await?;
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes));
    request.set_payload(Payload::from(bytes));
    Ok(digest)
}

/// What a key was used for, where it has been used.
pub async fn spent(desk: &Desk, actor: &Actor, claim: &IdempotencyClaim) -> Result<Option<SpentRequest>, Problem> {
    Ok(desk.idempotency.find(actor.user, claim).await?)
}

/// Reads the form of a repeat for its digest, and keeps nothing of it.
pub async fn read_again(request: &mut ServiceRequest, settings: &HttpSettings) -> Result<(), Problem> {
    let (request, payload) = request.parts_mut();
    let mut parts = Parts::from_request(request, payload).await?;
    let read = tokio::time::timeout(settings.upload_timeout, parts.pass_over()).await;
    read.unwrap_or_else(|_| Err(Problem::slow_body()))
}

/// The answer that was given to the same request before; the dialect makes it again from the resource where the
/// process died before it was kept.
pub async fn replay<D: Dialect>(
    desk: &Desk,
    media: &Media,
    voice: D,
    actor: &Actor,
    claim: &IdempotencyClaim,
    spent: SpentRequest,
) -> Result<Option<HttpResponse>, Problem> {
    let SpentRequest { fingerprint, outcome, answer } = spent;
    if !claim.fingerprint.admits(&fingerprint) {
        return Err(Problem::key_reused());
    }
    let mut response = match (answer, outcome) {
        (Some(answer), _) => {
            let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
            HttpResponse::build(status).insert_header((CONTENT_TYPE, answer.content_type)).body(answer.body)
        }
        (None, Some((kind, id, parent, created))) => {
            let path = claim.scope.strip_prefix("POST ").unwrap_or_default().to_owned();
            let made = Made { kind, id, parent, created, path };
            voice.rebuild(desk, actor, &made, &media.seen(Some(actor))).await?
        }
        (None, None) => return Ok(None),
    };
    response.headers_mut().insert(HeaderName::from_static("idempotent-replayed"), HeaderValue::from_static("true"));
    Ok(Some(response))
}

/// Marks an answer that is not kept, since it holds a secret: a repeat is answered from the resource.
#[derive(Clone, Copy, Debug)]
pub struct NotKept;

/// Keeps a good answer for the next time.
pub async fn settle(
    desk: &Desk,
    actor: &Actor,
    claim: &IdempotencyClaim,
    response: ServiceResponse<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !response.status().is_success() || response.response().extensions().get::<NotKept>().is_some() {
        return Ok(response);
    }
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("application/json");
    let content_type = content_type.to_owned();
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let bytes = body::to_bytes(body).await.map_err(|_| Problem::bug())?;
    let answer = Answer { status, content_type, body: bytes.to_vec() };
    if let Err(error) = desk.idempotency.settle(actor.user, claim, &answer).await {
        // the work is done and its key is spent: the next time the answer is made again from the resource
        tracing::warn!(%error, "an answer could not be kept");
    }
    Ok(ServiceResponse::new(request, head.set_body(bytes.boxed())))
}
