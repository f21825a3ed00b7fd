//! Dialects: wire formats over the one domain. Each is a routing table, wire types and words; what they have in common
//! is [`Dialect`], and what every request passes is written once, in [`crate::gate`]. No dialect calls another.

pub mod help;
pub mod media;
pub mod route;
pub mod smartsupport;
pub mod v1;
mod vocabulary;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use helpdesk_domain::kernel::{Actor, Moment};
use uuid::Uuid;

use crate::desk::Desk;
use crate::gate::Seen;
use crate::gate::limit::{self, Class, Plan};
use crate::problem::{Answer, Problem};

/// One wire format; or several that share their paths, one value each.
pub trait Dialect: Copy + std::fmt::Debug + 'static {
    /// Which value answers this request. `audience` is what its token says, where somebody was admitted.
    fn hear(request: &ServiceRequest, audience: Option<&str>) -> Heard<Self>;

    /// Its name; tags of the same thing differ by it.
    fn word(self) -> &'static str;

    /// By which limits it counts requests.
    fn plan(self) -> Plan {
        Plan::ByClass
    }

    /// What a request counts as; none is not counted here.
    fn class(request: &ServiceRequest) -> Option<Class> {
        limit::class(request)
    }

    /// Whether credentials are tried or given there: such an answer is never kept for a repeat.
    fn is_door(path: &str) -> bool {
        path.contains("/auth/")
    }

    /// The refusal in its words, with its status.
    fn refuse(self, problem: &Problem, request_id: &str, now: Moment) -> HttpResponse;

    /// An answer, made again from the resource: for a request that was done, but whose answer was lost with the process.
    fn rebuild(self, desk: &Desk, actor: &Actor, made: &Made, seen: &Seen<'_>) -> impl Future<Output = Answer>;
}

/// How somebody asked to be answered.
pub struct Heard<D> {
    /// The dialect's value.
    pub voice: D,
    /// What was wrong with asking; told where somebody has to be known.
    pub mistake: Option<Problem>,
}

/// What a request made or changed.
#[derive(Clone, Debug)]
pub struct Made {
    /// What sort of thing.
    pub kind: String,
    /// The thing.
    pub id: Uuid,
    /// What it belongs to.
    pub parent: Option<Uuid>,
    /// Whether the request made it.
    pub created: bool,
    /// The path of the request, without a slash at its end.
    pub path: String,
}
