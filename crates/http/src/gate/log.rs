//! One line per request, with its id; and what Prometheus wants to know. Paths only: query strings may hold secrets.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use helpdesk_domain::kernel::Actor;
use tracing::Instrument;

use super::caller::Found;
use crate::desk::Desk;
use crate::trace;

/// The id of a request; the client's own if it brought a decent one.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

const HEADER: &str = "x-request-id";

/// Names the request, times it, tells of it.
pub async fn observe(request: ServiceRequest, next: Next<impl MessageBody>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let asked = Asked::by(&request);
    request.extensions_mut().insert(RequestId(asked.id.clone()));
    let span = trace::begin(&request, &asked.id);
    let mut response = match next.call(request).instrument(span.clone()).await {
        Ok(response) => response,
        Err(given_up) => {
            let status = given_up.as_response_error().status_code();
            trace::end(&span, &asked.method, "given up", status, None);
            asked.tell("given up".to_owned(), status, None);
            return Err(given_up);
        }
    };
    if let Ok(value) = HeaderValue::from_str(&asked.id) {
        response.headers_mut().insert(HeaderName::from_static(HEADER), value);
    }
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    trace::end(&span, &asked.method, &route, response.status(), actor(&response, |actor| actor.organization));
    let user = actor(&response, |actor| actor.user.to_string());
    asked.tell(route, response.status(), user.as_deref());
    Ok(response)
}

/// A request under way.
struct Asked {
    started: Instant,
    id: String,
    method: Method,
    path: String,
}

impl Asked {
    fn by(request: &ServiceRequest) -> Self {
        let (method, path) = (request.method().clone(), request.path().to_owned());
        Self { started: Instant::now(), id: request_id(request), method, path }
    }

    fn tell(self, route: String, status: StatusCode, user: Option<&str>) {
        let Self { started, id, method, path } = self;
        let (status, seconds) = (status.as_u16(), started.elapsed().as_secs_f64());
        let labels = [("method", method.to_string()), ("route", route), ("status", status.to_string())];
        metrics::counter!("http_requests_total", &labels).increment(1);
        metrics::histogram!("http_request_duration_seconds", &labels).record(seconds);
        tracing::info!(request_id = %id, %method, path, status, milliseconds = seconds * 1000.0, user, "request");
    }
}

/// Something of whoever asked.
fn actor<B, T>(response: &ServiceResponse<B>, what: impl Fn(&Actor) -> T) -> Option<T> {
    let extensions = response.request().extensions();
    extensions.get::<Found>().and_then(|found| found.actor.as_ref().ok()).map(what)
}

fn request_id(request: &ServiceRequest) -> String {
    let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
    let decent =
        |id: &&str| !id.is_empty() && id.len() <= 128 && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    given.filter(decent).map_or_else(|| format!("req_{}", fresh(request)), str::to_owned)
}

fn fresh(request: &ServiceRequest) -> String {
    request.app_data::<Data<Desk>>().map_or_else(String::new, |desk| desk.tickets.ids.next().simple().to_string())
}
