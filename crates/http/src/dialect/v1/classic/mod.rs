//! Seed 002: integers, `{"error", "details"}`, `*_display`, tags as objects.

mod refusal;
pub mod session;
pub mod taxonomy;
pub mod ticket;
pub mod user;

use actix_web::HttpResponse;
use helpdesk_domain::kernel::Moment;

use crate::dialect::Dialect;
use crate::gate::Voice;
use crate::problem::Problem;

pub use refusal::Refusal;

impl Dialect for Voice {
    fn refuse(&self, problem: &Problem, request_id: &str, now: Moment) -> HttpResponse {
        match self {
            Self::Platform => super::platform::refuse(problem, request_id, now),
            Self::Classic => refusal::refuse(problem),
        }
    }
}
