//! The two dialects of `/api/v1`: which of them answers, and by which limits it counts.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use helpdesk_domain::kernel::{Actor, Moment, Problem as FieldProblem};

use super::rebuild::rebuild;
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::{Dialect, Heard, Made};
use crate::gate::Seen;
use crate::gate::limit::{self, Class, Plan};
use crate::gate::path::routed;
use crate::problem::{Answer, Problem};

/// The two dialects of `/api/v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Seeds 001 and 003.
    Platform,
    /// Seed 002.
    Classic,
}

impl Voice {
    /// The voice of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Platform, Self::Classic].into_iter().find(|voice| voice.word() == word)
    }

    /// The word that tokens carry and that `X-API-Dialect` takes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Classic => "classic",
        }
    }
}

impl Dialect for Voice {
    /// The header, else the token; the doors of seed 002 always answer in its dialect.
    fn hear(request: &ServiceRequest, audience: Option<&str>) -> Heard<Self> {
        let asked = request.headers().get("x-api-dialect").and_then(|word| word.to_str().ok()).map(Self::parse);
        let is_classic_door = routed(request).starts_with("/api/v1/auth/token");
        let of_token = match audience {
            _ if is_classic_door => Self::Classic,
            Some(word) => Self::parse(word).unwrap_or(Self::Platform),
            None => Self::Platform,
        };
        let unknown = || Problem::field("X-API-Dialect", FieldProblem::InvalidChoice("X-API-Dialect".to_owned()));
        Heard { voice: asked.flatten().unwrap_or(of_token), mistake: (asked == Some(None)).then(unknown) }
    }

    fn word(self) -> &'static str {
        Self::word(self)
    }

    fn plan(self) -> Plan {
        match self {
            Self::Platform => Plan::ByClass,
            Self::Classic => Plan::Flat,
        }
    }

    /// The doors where credentials are tried count for themselves.
    fn class(request: &ServiceRequest) -> Option<Class> {
        let is_door = routed(request).starts_with("/api/v1/auth/") && request.method() == Method::POST;
        if is_door && !routed(request).contains("logout") {
            return None;
        }
        // It is asked with a body, since it takes a whole text.
        let searches = routed(request).trim_end_matches('/').ends_with("/knowledge-base/suggest");
        if searches { Some(Class::Search) } else { limit::class(request) }
    }

    /// A pass for a websocket is a credential too.
    fn is_door(path: &str) -> bool {
        path.contains("/auth/") || path.ends_with("/ws/ticket")
    }

    fn refuse(self, problem: &Problem, request_id: &str, now: Moment) -> HttpResponse {
        match self {
            Self::Platform => platform::refuse(problem, request_id, now),
            Self::Classic => classic::refuse(problem),
        }
    }

    async fn rebuild(self, desk: &Desk, actor: &Actor, made: &Made, seen: &Seen<'_>) -> Answer {
        rebuild(desk, self, actor, made, seen).await
    }
}

impl actix_web::FromRequest for Voice {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &actix_web::HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        std::future::ready(crate::gate::caller::voice(request))
    }
}
