//! What every request passes, whatever its dialect: who asks, whether too often, whether for the second time; and every
//! refusal on its way out, put into the dialect's words.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use chrono::TimeDelta;
use helpdesk_domain::kernel::{Actor, IdempotencyClaim};

use super::caller::{Found, Spoken, admit};
use super::limit::{Allowance, Limits};
use super::log::RequestId;
use super::multipart::is_form;
use super::seen::Media;
use super::{address, idempotency};
use crate::desk::Desk;
use crate::dialect::route::Allowed;
use crate::dialect::{Dialect, Heard};
use crate::problem::Problem;
use crate::sandbox::ahead_by;
use crate::settings::HttpSettings;

/// What has been counted for this request, for the headers of its answer.
#[derive(Clone, Copy)]
pub struct Counted(pub Allowance);

/// The gate itself.
pub async fn gate<D: Dialect, B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (Some(desk), Some(settings), Some(limits)) = (
        request.app_data::<Data<Desk>>().cloned(),
        request.app_data::<Data<HttpSettings>>().cloned(),
        request.app_data::<Data<Limits>>().cloned(),
    ) else {
        return Err(Problem::bug().into());
    };
    let voice = find::<D>(&desk, &request).await;
    let id = request.extensions().get::<RequestId>().cloned();
    let response = match pass(&mut request, voice, &desk, &settings, &limits).await {
        Ok((claimed, ahead)) => {
            let answer = answer(request, next, voice, &desk, &settings, claimed);
            ahead_by(ahead, answer).await.map_err(|error| given_up(&error, voice, id, &desk))?
        }
        Err(problem) => answered(request, HttpResponse::from_error(problem)),
    };
    Ok(spoken(response, voice, &desk))
}

/// Finds out who asks and how they want to be answered, and keeps both with the request.
async fn find<D: Dialect>(desk: &Desk, request: &ServiceRequest) -> D {
    let admitted = admit(desk, request).await;
    let Heard { voice, mistake } = D::hear(request, admitted.as_ref().ok().map(|(_, audience)| audience.as_str()));
    let actor = mistake.map_or_else(|| admitted.map(|(actor, _)| actor), Err);
    request.extensions_mut().insert(Found { actor });
    request.extensions_mut().insert(Spoken(voice));
    voice
}

type Claimed = Option<(Actor, IdempotencyClaim)>;

async fn pass<D: Dialect>(
    request: &mut ServiceRequest,
    voice: D,
    desk: &Desk,
    settings: &HttpSettings,
    limits: &Limits,
) -> Result<(Claimed, TimeDelta), Problem> {
    let from = address::peer(request.request(), &settings.trusted_proxies);
    let user = request.extensions().get::<Found>().and_then(|found| found.actor.as_ref().ok().map(|actor| actor.user));
    if let Some(class) = D::class(request)
        && let Some(counted) = limits.take(voice.plan(), user, class, from).await
    {
        request.extensions_mut().insert(Counted(counted));
        counted.check()?;
    }
    Ok((idempotency::claim::<D>(request, settings).await?, ahead(request, desk).await?))
}

/// How far ahead the time of whoever asks is; nobody lives in everybody's.
async fn ahead(request: &ServiceRequest, desk: &Desk) -> Result<TimeDelta, Problem> {
    let organization =
        request.extensions().get::<Found>().and_then(|found| found.actor.as_ref().ok().map(|actor| actor.organization));
    let Some(organization) = organization else { return Ok(TimeDelta::zero()) };
    Ok(desk.sandboxes.ahead(organization).await?)
}

/// An answer without the router. (`ServiceRequest::into_response` would forget the error of a refusal.)
fn answered(request: ServiceRequest, response: HttpResponse) -> ServiceResponse<BoxBody> {
    ServiceResponse::new(request.into_parts().0, response)
}

async fn answer<D: Dialect, B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
    voice: D,
    desk: &Data<Desk>,
    settings: &Data<HttpSettings>,
    claimed: Claimed,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some((actor, claim)) = claimed else { return timed(request, next, settings).await };
    let media = Media::new(desk.clone(), settings.clone());
    let unread = is_form(&request).then_some((&mut request, &***settings));
    if let Some(response) = again(desk, &media, voice, &actor, &claim, unread).await {
        return Ok(answered(request, response));
    }
    let response = timed(request, next, settings).await?;
    if is_spent(&response)
        && let Some(again) = again(desk, &media, voice, &actor, &claim, None).await
    {
        return Ok(response.into_response(again));
    }
    idempotency::settle(desk, &actor, &claim, response).await
}

/// What was answered to the same request before. A form that nobody has read yet is read only where there was one.
async fn again<D: Dialect>(
    desk: &Desk,
    media: &Media,
    voice: D,
    actor: &Actor,
    claim: &IdempotencyClaim,
    unread: Option<(&mut ServiceRequest, &HttpSettings)>,
) -> Option<HttpResponse> {
    let replayed = async {
        let Some(spent) = idempotency::spent(desk, actor, claim).await? else { return Ok(None) };
        if let Some((request, settings)) = unread.filter(|_| !spent.fingerprint.is_empty()) {
            idempotency::read_again(request, settings).await?;
        }
        idempotency::replay(desk, media, voice, actor, claim, spent).await
    };
    replayed.await.unwrap_or_else(|problem: Problem| Some(HttpResponse::from_error(problem)))
}

/// Whether a concurrent request with the same key was quicker.
fn is_spent(response: &ServiceResponse<BoxBody>) -> bool {
    response
        .response()
        .error()
        .and_then(|error| error.as_error::<Problem>())
        .is_some_and(|problem| problem.code == "IDEMPOTENCY_KEY_SPENT")
}

/// The request must not be held on to here: the router below wants it for itself.
async fn timed<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
    settings: &HttpSettings,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let patience = if is_form(&request) { settings.upload_timeout } else { settings.request_timeout };
    let answered = tokio::time::timeout(patience, next.call(request)).await;
    answered.map_err(|_| Problem::unavailable())?.map(ServiceResponse::map_into_boxed_body)
}

/// What is said where the request took too long and is gone.
fn given_up<D: Dialect>(error: &Error, voice: D, id: Option<RequestId>, desk: &Desk) -> Error {
    let problem = error.as_error::<Problem>().cloned().unwrap_or_else(Problem::bug);
    let refusal = voice.refuse(&problem, &id.map(|id| id.0).unwrap_or_default(), desk.clock.now());
    InternalError::from_response(problem, refusal).into()
}

/// Puts a refusal into words, and tells what has been counted.
fn spoken<D: Dialect>(response: ServiceResponse<BoxBody>, voice: D, desk: &Desk) -> ServiceResponse<BoxBody> {
    let now = desk.clock.now();
    let counted = response.request().extensions().get::<Counted>().copied();
    let problem =
        response.response().error().map(|error| error.as_error::<Problem>().cloned().unwrap_or_else(|| foreign(&response)));
    let mut response = match problem {
        Some(problem) => {
            let id = response.request().extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
            let refusal = voice.refuse(&problem, &id, now);
            response.into_response(refusal)
        }
        None => response,
    };
    let allowed = response.request().extensions().get::<Allowed>().and_then(|methods| HeaderValue::from_str(&methods.0).ok());
    if let Some(methods) = allowed {
        response.headers_mut().insert(ALLOW, methods);
    }
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(Counted(allowance)) = counted {
        allowance.tell(response.headers_mut(), now);
    }
    response
}

/// A refusal of the framework's.
fn foreign(response: &ServiceResponse<BoxBody>) -> Problem {
    match response.status().as_u16() {
        404 => Problem::not_found("Not found."),
        413 => Problem::too_large(0),
        400..=499 => Problem::malformed("The request could not be read."),
        _ => Problem::bug(),
    }
}
