//! Dialects: wire formats over the one domain. Each is a routing table, wire types, and one way to say no.
//! No dialect calls another.

pub mod v1;

use actix_web::HttpResponse;
use helpdesk_domain::kernel::Moment;

use crate::problem::Problem;

/// How a dialect says no.
pub trait Dialect {
    /// The refusal in the dialect's words, with its status.
    fn refuse(&self, problem: &Problem, request_id: &str, now: Moment) -> HttpResponse;
}
