//! Seed 000, `/api/help`: help requests, questions that are often asked, a search over both, and figures.

pub mod books;
pub mod faqs;
mod refusal;
pub mod requests;
mod routes;
mod search;
mod sentence;
mod statistics;
mod vocabulary;
mod wire;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::{Method, StatusCode};
use helpdesk_domain::kernel::{Actor, Moment, Reference};

use super::{Dialect, Heard, Made};
use crate::desk::Desk;
use crate::gate::Seen;
use crate::gate::limit::{self, Class};
use crate::gate::path::routed;
use crate::problem::{Answer, Problem};

pub use routes::{document, scope, table};

/// The dialect of seed 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Help;

/// Somebody who asks in it.
pub type Caller = crate::gate::Caller<Help>;
/// Anybody who asks in it.
pub type Visitor = crate::gate::Visitor<Help>;

impl Dialect for Help {
    /// Any login's token is good here, and there is one way to answer.
    fn hear(_: &ServiceRequest, _: Option<&str>) -> Heard<Self> {
        Heard { voice: Self, mistake: None }
    }

    fn word(self) -> &'static str {
        "help"
    }

    fn class(request: &ServiceRequest) -> Option<Class> {
        let searches = request.method() == Method::GET && routed(request).trim_end_matches('/').ends_with("/search");
        if searches { Some(Class::Search) } else { limit::class(request) }
    }

    fn refuse(self, problem: &Problem, _: &str, _: Moment) -> HttpResponse {
        refusal::refuse(problem)
    }

    async fn rebuild(self, desk: &Desk, actor: &Actor, made: &Made, _: &Seen<'_>) -> Answer {
        let id = Reference::Id(made.id);
        let mut answer = HttpResponse::build(if made.created { StatusCode::CREATED } else { StatusCode::OK });
        match made.kind.as_str() {
            "ticket" => Ok(answer.json(wire::Created::request(&desk.tickets.read(actor, &id).await?))),
            "comment" => {
                let ticket = desk.tickets.read(actor, &Reference::Id(made.parent.ok_or_else(Problem::bug)?)).await?;
                let comment = desk.tickets.read_comment(actor, &ticket.row.id.into(), &id).await?;
                Ok(answer.json(wire::Responded::new(ticket.row.serial, &comment)))
            }
            "faq" => {
                let faq = desk.faqs.read(helpdesk_domain::knowledge::Reader::Member(actor), &id).await?;
                Ok(answer.json(wire::FaqCreated::new(&faq)))
            }
            _ => Err(Problem::bug()),
        }
    }
}
