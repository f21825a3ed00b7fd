//! What every request to `/api/v1` passes: who asks, whether too often, whether for the second time; and every
//! refusal on its way out, put into the caller's dialect.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, HeaderValue, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use helpdesk_domain::kernel::IdempotencyClaim;

use super::rebuild::rebuild;
use crate::desk::Desk;
use crate::dialect::Dialect;
use crate::gate::caller::{Caller, Found, Voice, find};
use crate::gate::limit::{Allowance, Class, Limits};
use crate::gate::log::RequestId;
use crate::gate::{address, idempotency};
use crate::problem::Problem;
use crate::settings::HttpSettings;

/// What has been counted for this request, for the headers of its answer.
#[derive(Clone, Copy)]
pub struct Counted(pub Allowance);

/// The methods that the path takes, when the request came by another.
#[derive(Clone)]
pub struct Allowed(pub String);

/// The gate itself.
pub async fn gate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (Some(desk), Some(settings), Some(limits)) = (
        request.app_data::<Data<Desk>>().cloned(),
        request.app_data::<Data<HttpSettings>>().cloned(),
        request.app_data::<Data<Limits>>().cloned(),
    ) else {
        return Err(Problem::bug().into());
    };
    let found = find(&desk, &request).await;
    let voice = found.voice;
    request.extensions_mut().insert(found);
    let passed = pass(&mut request, &settings, &limits).await;
    let response = match passed {
        Ok(claimed) => answer(request, next, &desk, &settings, claimed).await?,
        Err(problem) => answered(request, HttpResponse::from_error(problem)),
    };
    Ok(spoken(response, voice, &desk))
}

type Claimed = Option<(Caller, IdempotencyClaim)>;

async fn pass(request: &mut ServiceRequest, settings: &HttpSettings, limits: &Limits) -> Result<Claimed, Problem> {
    let from = address::peer(request.request(), &settings.trusted_proxies);
    let counted = {
        let extensions = request.extensions();
        let found = extensions.get::<Found>().ok_or_else(Problem::bug)?;
        class(request).and_then(|class| limits.take(found, class, from))
    };
    if let Some(counted) = counted {
        request.extensions_mut().insert(Counted(counted));
        counted.check()?;
    }
    idempotency::claim(request, settings).await
}

/// What the request counts as; the doors where credentials are tried count for themselves.
fn class(request: &ServiceRequest) -> Option<Class> {
    if request.path().starts_with("/api/v1/auth/") && request.method() == Method::POST && !request.path().contains("logout") {
        return None;
    }
    match *request.method() {
        Method::OPTIONS => None,
        Method::GET | Method::HEAD if request.query_string().contains("search=") => Some(Class::Search),
        Method::GET | Method::HEAD => Some(Class::Read),
        _ => Some(Class::Write),
    }
}

/// An answer without the router. (`ServiceRequest::into_response` would forget the error of a refusal.)
fn answered(request: ServiceRequest, response: HttpResponse) -> ServiceResponse<BoxBody> {
    ServiceResponse::new(request.into_parts().0, response)
}

async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    desk: &Desk,
    settings: &HttpSettings,
    claimed: Claimed,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some((caller, claim)) = claimed else { return timed(request, next, settings).await };
    if let Some(response) = again(desk, &caller, &claim).await {
        return Ok(answered(request, response));
    }
    let response = timed(request, next, settings).await?;
    if is_spent(&response)
        && let Some(again) = again(desk, &caller, &claim).await
    {
        return Ok(response.into_response(again));
    }
    idempotency::settle(desk, &caller, &claim, response).await
}

/// What was answered to the same request before.
async fn again(desk: &Desk, caller: &Caller, claim: &IdempotencyClaim) -> Option<HttpResponse> {
    let rebuild = async |caller: &Caller, kind: &str, id, parent, created| rebuild(desk, caller, kind, id, parent, created).await;
    idempotency::replay(desk, caller, claim, rebuild).await.unwrap_or_else(|problem| Some(HttpResponse::from_error(problem)))
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
async fn timed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    settings: &HttpSettings,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answered = tokio::time::timeout(settings.request_timeout, next.call(request)).await;
    answered.map_err(|_| Problem::unavailable())?.map(ServiceResponse::map_into_boxed_body)
}

/// Puts a refusal into words, and tells what has been counted.
fn spoken(response: ServiceResponse<BoxBody>, voice: Voice, desk: &Desk) -> ServiceResponse<BoxBody> {
    let now = desk.clock.now();
    let counted = response.request().extensions().get::<Counted>().copied();
    let allowed = response.request().extensions_mut().remove::<Allowed>();
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
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(methods) = allowed.and_then(|Allowed(methods)| HeaderValue::from_str(&methods).ok()) {
        response.headers_mut().insert(ALLOW, methods);
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
