//! Seed 004, `/api`: employees who are let in by an admin, and tickets that wait for approval.

pub mod doors;
pub mod employees;
pub mod lifecycle;
pub mod passwords;
mod rebuild;
mod refusal;
mod root;
mod routes;
pub mod tickets;
mod vocabulary;
mod wire;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use helpdesk_domain::kernel::{Actor, Moment};

use super::{Dialect, Heard, Made};
use crate::desk::Desk;
use crate::gate::Seen;
use crate::gate::limit::{self, Class};
use crate::gate::path::routed;
use crate::problem::{Answer, Problem};

pub use routes::{document, scope, table};

/// The dialect of seed 004.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmartSupport;

/// Somebody who asks in it.
pub type Caller = crate::gate::Caller<SmartSupport>;

/// Its name, and what its tokens say.
const WORD: &str = "smartsupport";

impl Dialect for SmartSupport {
    /// Any login's token is good here, and there is one way to answer.
    fn hear(_: &ServiceRequest, _: Option<&str>) -> Heard<Self> {
        Heard { voice: Self, mistake: None }
    }

    fn word(self) -> &'static str {
        WORD
    }

    /// The doors where credentials are tried count for themselves.
    fn class(request: &ServiceRequest) -> Option<Class> {
        let is_counted_there = request.method() == Method::POST && Self::is_door(routed(request));
        if is_counted_there { None } else { limit::class(request) }
    }

    fn is_door(path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.starts_with("/api/token/") || path.ends_with("-password") || path.ends_with("/create_employee")
    }

    fn refuse(self, problem: &Problem, _: &str, _: Moment) -> HttpResponse {
        refusal::refuse(problem)
    }

    async fn rebuild(self, desk: &Desk, actor: &Actor, made: &Made, seen: &Seen<'_>) -> Answer {
        rebuild::rebuild(desk, actor, made, seen).await
    }
}
