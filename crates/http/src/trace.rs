//! One span for each request, for whoever collects them. It says what, by which route, with which outcome, for whom; never
//! a path, a query or a secret. Where nobody collects spans it costs nothing.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::http::{Method, StatusCode};
use helpdesk_domain::kernel::id::OrganizationId;
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use opentelemetry::trace::TraceContextExt;
use tracing::field::Empty;
use tracing::{Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Begins the span of a request, below the caller's where `traceparent` names one.
pub fn begin(request: &ServiceRequest, request_id: &str) -> Span {
    let span = info_span!(
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = %request.method(),
        http.route = Empty,
        http.response.status_code = Empty,
        request_id,
        organization = Empty,
    );
    if !span.is_disabled() {
        let parent = global::get_text_map_propagator(|propagator| propagator.extract(&Carried(request.headers())));
        // a span whose parent can't be set is one by itself
        let _ = span.set_parent(parent);
    }
    span
}

/// Tells a span what became of its request.
pub fn end(span: &Span, method: &Method, route: &str, status: StatusCode, organization: Option<OrganizationId>) {
    if span.is_disabled() {
        return;
    }
    // what has begun takes another name only so
    span.context().span().update_name(format!("{method} {route}"));
    span.record("http.route", route);
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    if let Some(organization) = organization {
        span.record("organization", organization.to_string());
    }
}

/// The headers of a request.
struct Carried<'a>(&'a HeaderMap);

impl Extractor for Carried<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}
