//! Who asks, and in which voice they want to be answered.

use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use helpdesk_domain::identity::IdentityError;
use helpdesk_domain::kernel::{Actor, Problem as FieldProblem};

use crate::desk::Desk;
use crate::problem::Problem;

/// The two dialects of `/api/v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Seeds 001 and 003.
    Platform,
    /// Seed 002.
    Classic,
}

impl Voice {
    /// The word that tokens carry and that `X-API-Dialect` takes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Classic => "classic",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Platform, Self::Classic].into_iter().find(|voice| voice.word() == word)
    }
}

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// How they are answered.
    pub voice: Voice,
}

/// What the gate found out about a request; kept in its extensions.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who asks, or why that is not known.
    pub caller: Result<Caller, Problem>,
    /// How they are answered, known or not.
    pub voice: Voice,
}

/// Looks at the request's credentials. Wrong ones are told only where somebody has to be known.
pub async fn find(desk: &Desk, request: &ServiceRequest) -> Found {
    let headers = request.headers();
    let asked = header(headers, "x-api-dialect").map(Voice::parse);
    let admitted = admit(desk, headers).await;
    let (caller, token_voice) = match admitted {
        Ok((actor, audience)) => (Ok(actor), Voice::parse(&audience).unwrap_or(Voice::Platform)),
        Err(problem) => (Err(problem), door_voice(request.path())),
    };
    let voice = asked.flatten().unwrap_or(token_voice);
    let caller = match asked {
        Some(None) => Err(Problem::field("X-API-Dialect", FieldProblem::InvalidChoice("X-API-Dialect".to_owned()))),
        _ => caller.map(|actor| Caller { actor, voice }),
    };
    Found { caller, voice }
}

/// The doors of seed 002 always answer in its dialect.
fn door_voice(path: &str) -> Voice {
    if path.starts_with("/api/v1/auth/token") { Voice::Classic } else { Voice::Platform }
}

async fn admit(desk: &Desk, headers: &HeaderMap) -> Result<(Actor, String), Problem> {
    if let Some(token) = bearer(headers) {
        let admission = desk.logins.admit(token).await.map_err(told)?;
        return Ok((admission.actor, admission.audience));
    }
    // keys are issued by a later feature; until then none is good
    if headers.contains_key("x-api-key") {
        return Err(Problem::unauthenticated("Invalid API key."));
    }
    Err(Problem::unauthenticated("Authentication credentials were not provided."))
}

fn told(error: IdentityError) -> Problem {
    match error {
        IdentityError::BadToken => Problem::unauthenticated("Given token not valid or expired."),
        other => other.into(),
    }
}

/// The token behind `Authorization: Bearer`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = header(headers, AUTHORIZATION.as_str())?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions().get::<Found>().cloned();
        ready(found.ok_or_else(Problem::bug).and_then(|found| found.caller))
    }
}

impl FromRequest for Voice {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Found>().map(|found| found.voice).ok_or_else(Problem::bug))
    }
}
