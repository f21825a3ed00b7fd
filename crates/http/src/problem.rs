//! A refusal on its way to the client. What it is called, and how its body looks, is the dialect's business.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use helpdesk_domain::analytics::AnalyticsError;
use helpdesk_domain::attachment::FileError;
use helpdesk_domain::audit::AuditError;
use helpdesk_domain::automation::RuleError;
use helpdesk_domain::event::EventError;
use helpdesk_domain::field_service::FieldServiceError;
use helpdesk_domain::filter::FilterError;
use helpdesk_domain::identity::IdentityError;
use helpdesk_domain::kernel::{Fault, Kind, Problem as FieldProblem, StoreError, Violations};
use helpdesk_domain::knowledge::suggestion::SuggestionError;
use helpdesk_domain::knowledge::{ArticleError, FaqError};
use helpdesk_domain::link::LinkError;
use helpdesk_domain::mail::PreferenceError;
use helpdesk_domain::notification::NotificationError;
use helpdesk_domain::privacy::PrivacyError;
use helpdesk_domain::routing::RoutingError;
use helpdesk_domain::sandbox::SandboxError;
use helpdesk_domain::satisfaction::SatisfactionError;
use helpdesk_domain::sla::SlaError;
use helpdesk_domain::taxonomy::TaxonomyError;
use helpdesk_domain::template::TemplateError;
use helpdesk_domain::ticket::TicketError;
use helpdesk_domain::transfer::TransferError;
use helpdesk_domain::webhook::WebhookError;

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status; a dialect may say another (classic answers 400 to conflicts).
    pub status: StatusCode,
    /// Stable word, in capitals.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
    /// The fields at fault.
    pub violations: Violations,
    /// Seconds to wait, for 429.
    pub retry_after: Option<u64>,
}

/// What a handler answers.
pub type Answer = Result<HttpResponse, Problem>;

impl Problem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), violations: Violations::default(), retry_after: None }
    }

    /// Fields at fault.
    pub fn invalid(violations: Violations) -> Self {
        Self { violations, ..Self::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", "Invalid input data") }
    }

    /// One field at fault.
    pub fn field(field: &str, problem: FieldProblem) -> Self {
        Self::invalid(Violations::one(field, problem))
    }

    /// The body as a whole is not what it should be.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", message)
    }

    /// What is asked for is a websocket, and the request opens none.
    pub fn no_websocket() -> Self {
        let message = "This is a websocket: ask with `Upgrade: websocket` and `Sec-WebSocket-Version: 13`.";
        Self::new(StatusCode::UPGRADE_REQUIRED, "UPGRADE_REQUIRED", message)
    }

    /// Nobody proved who is asking.
    pub fn unauthenticated(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "AUTHENTICATION_REQUIRED", message)
    }

    /// The caller may not do this.
    pub fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", message)
    }

    /// There is nothing at this path, or on this page.
    pub fn not_found(message: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "RESOURCE_NOT_FOUND", message)
    }

    /// The path does not take this method.
    pub fn method_not_allowed(method: &str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", format!("Method \"{method}\" not allowed."))
    }

    /// The body is over the limit.
    pub fn too_large(limit: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", format!("The request body is over {limit} bytes."))
    }

    /// The thing changed since its tag was read.
    pub fn stale() -> Self {
        let message = "The resource has changed since it was read.";
        Self::new(StatusCode::PRECONDITION_FAILED, "PRECONDITION_FAILED", message)
    }

    /// The same idempotency key came with another body.
    pub fn key_reused() -> Self {
        let message = "This Idempotency-Key was used with another request body.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED", message)
    }

    /// Too many requests; again in so many seconds.
    pub fn too_many(retry_after: u64) -> Self {
        let message = "Rate limit exceeded. Try again later.";
        Self { retry_after: Some(retry_after), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMIT_EXCEEDED", message) }
    }

    /// The body did not come in time.
    pub fn slow_body() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "The request body did not arrive in time.")
    }

    /// A dependency does not answer.
    pub fn unavailable() -> Self {
        let message = "The service is temporarily unavailable. Try again.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", message)
    }

    /// Our mistake. The details are in the log, not in the answer.
    pub fn bug() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_ERROR", "Internal server error")
    }

    /// The same refusal with a field called otherwise, where a dialect has another name for it.
    #[must_use]
    pub fn calling(mut self, field: &str, name: &str) -> Self {
        for violation in &mut self.violations.0 {
            if violation.field == field {
                name.clone_into(&mut violation.field);
            }
        }
        self
    }

    fn of(fault: &dyn Fault) -> Self {
        let status = match fault.kind() {
            Kind::Invalid => StatusCode::BAD_REQUEST,
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Stale => return Self::stale(),
            Kind::Unavailable => return logged(fault, Self::unavailable()),
            Kind::Bug => return logged(fault, Self::bug()),
        };
        match fault.violations() {
            Some(violations) => Self::invalid(violations.clone()),
            None => Self::new(status, fault.code(), fault.to_string()),
        }
    }
}

/// Logs what the client is not told, with its causes.
fn logged(fault: &dyn Fault, problem: Problem) -> Problem {
    let mut chain = fault.to_string();
    let mut cause = fault.source();
    while let Some(error) = cause {
        chain = format!("{chain}: {error}");
        cause = error.source();
    }
    tracing::error!(code = problem.code, error = %chain, "request failed");
    problem
}

macro_rules! faults {
    ($($error:ty),+) => {$(
        impl From<$error> for Problem {
            fn from(error: $error) -> Self {
                Self::of(&error)
            }
        }
    )+};
}

faults!(
    AuditError,
    AnalyticsError,
    ArticleError,
    SuggestionError,
    EventError,
    FaqError,
    FieldServiceError,
    FileError,
    FilterError,
    IdentityError,
    LinkError,
    NotificationError,
    PreferenceError,
    PrivacyError,
    RuleError,
    SandboxError,
    SatisfactionError,
    RoutingError,
    SlaError,
    StoreError,
    TaxonomyError,
    TemplateError,
    TicketError,
    TransferError,
    WebhookError
);

impl From<Violations> for Problem {
    fn from(violations: Violations) -> Self {
        Self::invalid(violations)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The bare facts: the dialect's gate puts them into its own words, since only it knows how the client speaks.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(serde_json::json!({ "error": { "code": self.code, "message": self.message } }))
    }
}
