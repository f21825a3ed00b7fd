//! `/search?q=`: over questions, and over the requests that the caller sees.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::{PageRequest, Paging, Problem as FieldProblem};
use helpdesk_domain::knowledge::FaqView;
use helpdesk_domain::knowledge::faq::command::FindFaqs;
use helpdesk_domain::ticket::TicketRow;
use helpdesk_domain::ticket::command::FindTickets;
use serde::Serialize;
use utoipa::ToSchema;

use super::faqs::reader;
use super::{Visitor, vocabulary};
use crate::desk::Desk;
use crate::gate::Params;
use crate::problem::{Answer, Problem};

/// How many of each kind are answered.
const MOST: u64 = 10;

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResults {
    /// Questions, best first.
    pub faqs: Vec<FoundFaq>,
    /// Help requests that the caller sees, newest first; absent without a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_requests: Option<Vec<FoundRequest>>,
}

/// A question that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundFaq {
    /// Integer.
    pub id: i64,
    /// What is asked.
    pub question: String,
    /// What it is answered with.
    pub answer: String,
    /// Slug of its category.
    pub category: String,
    /// Where the words were found, HTML-escaped, hits in `<mark>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

/// A help request that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundRequest {
    /// Integer.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Status word.
    pub status: String,
    /// Where the words were found, HTML-escaped, hits in `<mark>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

impl From<FaqView> for FoundFaq {
    fn from(faq: FaqView) -> Self {
        Self { id: faq.serial, question: faq.question, answer: faq.answer, category: faq.category.slug, snippet: faq.snippet }
    }
}

impl From<TicketRow> for FoundRequest {
    fn from(row: TicketRow) -> Self {
        let status = vocabulary::status(row.status);
        Self { id: row.serial, title: row.title, description: row.description, status, snippet: row.snippet }
    }
}

/// `GET /search?q=`
pub async fn search(desk: Data<Desk>, visitor: Visitor, params: Params) -> Answer {
    let text = params.get(&["q"]).map(str::trim).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Problem::field("q", FieldProblem::Required))?;
    let wanted = FindFaqs { search: Some(text.to_owned()), most: Some(MOST), ..FindFaqs::default() };
    let faqs = desk.faqs.list(reader(&visitor, &params), wanted).await?;
    let help_requests = match &visitor.actor {
        Some(actor) => {
            let wanted = FindTickets { search: Some(text.to_owned()), ..FindTickets::default() };
            let page = PageRequest { paging: Paging::Start, size: MOST };
            let found = desk.tickets.list(actor, wanted, &page).await?;
            Some(found.items.into_iter().map(FoundRequest::from).collect())
        }
        None => None,
    };
    Ok(HttpResponse::Ok().json(SearchResults { faqs: faqs.into_iter().map(FoundFaq::from).collect(), help_requests }))
}
