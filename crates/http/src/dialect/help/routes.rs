//! The routing table of `/api/help`: what is served, and, from the same rows, what is described.

use actix_web::Scope;
use actix_web::http::Method;
use actix_web::web::{self, Data};
use utoipa::openapi::schema::Type;

use super::refusal::Refusal;
use super::{Help, faqs, requests, search, statistics, wire};
use crate::dialect::route::{self, Route};
use crate::gate::Params;
use crate::openapi::operation::Parameter;
use crate::openapi::{Described, Document, Operation, Reply};
use crate::problem::Answer;
use crate::settings::HttpSettings;

const BASE: &str = "/api/help";

const REQUESTS: &[Parameter] = &[
    ("status", Type::String, "`open`, `in_progress`, `on_hold`, `resolved`, `closed`; several separated by commas; `all`."),
    ("category", Type::String, "Slug, name or id of a category; `all`."),
    ("priority", Type::String, "`low`, `medium`, `high`, `urgent`; several separated by commas; `all`."),
    ("search", Type::String, "All of these words, or words that begin with them."),
    ("page", Type::Integer, "Page number, from 1; past the end there is an empty list."),
    ("per_page", Type::Integer, "Entries per page; 10, at most 100."),
    ("sort_by", Type::String, "`created_date`, `updated_date`, `priority` or `status`."),
    ("sort_order", Type::String, "`desc` or `asc`."),
];

const FAQS: &[Parameter] = &[
    ("category", Type::String, "Slug, name or id of a category; `all`."),
    ("search", Type::String, "All of these words, or words that begin with them; one typo per word is forgiven. The best 100."),
    ("include_inactive", Type::Boolean, "Those that are not shown too; admins only."),
    ("organization", Type::String, "Slug of an organization, for those without a token."),
];

const SEARCH: &[Parameter] = &[
    ("q", Type::String, "Words; required."),
    ("organization", Type::String, "Slug of an organization, for those without a token."),
];

/// All rows. Words before parameters: the first path that fits is taken.
pub fn table() -> Vec<Route> {
    requests().into_iter().chain(faqs()).chain(others()).collect()
}

fn requests() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Help requests", id, summary, reply);
    let list = op("listRequests", "List help requests", Reply::says::<wire::Requests>(200)).query(REQUESTS);
    let make = op("createRequest", "Ask for help", Reply::says::<wire::Created>(201));
    let read = op("readRequest", "Read a help request with its history", Reply::says::<wire::RequestDetails>(200));
    let update = op("updateRequest", "Change a help request", Reply::says::<wire::Updated>(200));
    let respond = op("addResponse", "Answer a help request; admins only", Reply::says::<wire::Responded>(201));
    vec![
        Route::new(Method::GET, "/requests", requests::list, list),
        Route::new(Method::POST, "/requests", requests::create, make.takes::<requests::RequestBody>().refuses(&[422])),
        Route::new(Method::GET, "/requests/{id}", requests::read, read),
        Route::new(Method::PUT, "/requests/{id}", requests::update, update.takes::<requests::RequestBody>().refuses(&[409, 412])),
        Route::new(
            Method::POST,
            "/requests/{id}/response",
            requests::respond,
            respond.takes::<requests::ResponseBody>().refuses(&[412, 422]),
        ),
    ]
}

fn faqs() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("FAQs", id, summary, reply);
    let list = op("listFaqs", "Read the FAQs", Reply::says::<wire::FaqBook>(200)).query(FAQS).public();
    let make = op("createFaq", "Write an FAQ; admins only", Reply::says::<wire::FaqCreated>(201));
    let arrange = op("orderFaqs", "Put FAQs in order; admins only", Reply::says::<wire::Message>(200));
    let read = op("readFaq", "Read an FAQ", Reply::says::<wire::Faq>(200)).public();
    let update = op("updateFaq", "Change an FAQ; admins only", Reply::says::<wire::FaqUpdated>(200));
    let remove = op("deleteFaq", "Delete an FAQ; admins only", Reply::says::<wire::Message>(200)).refuses(&[412]);
    vec![
        Route::new(Method::GET, "/faqs", faqs::list, list),
        Route::new(Method::POST, "/faqs", faqs::create, make.takes::<faqs::FaqBody>().refuses(&[422])),
        Route::new(Method::PUT, "/faqs/order", faqs::arrange, arrange.takes::<faqs::OrderBody>()),
        Route::new(Method::GET, "/faqs/{id}", faqs::read, read),
        Route::new(Method::PUT, "/faqs/{id}", faqs::update, update.takes::<faqs::FaqBody>().refuses(&[412])),
        Route::new(Method::DELETE, "/faqs/{id}", faqs::remove, remove),
    ]
}

fn others() -> Vec<Route> {
    let found = Reply::says::<search::SearchResults>(200);
    let find = Operation::new("Search", "search", "Search FAQs, and with a token help requests", found).query(SEARCH).public();
    let figures = Reply::says::<statistics::Statistics>(200);
    let count = Operation::new("Statistics", "readStatistics", "Read figures; admins only", figures);
    vec![
        Route::new(Method::GET, "/search", search::search, find),
        Route::new(Method::GET, "/statistics", statistics::statistics, count),
    ]
}

/// Everything under `/api/help`, behind its gate.
pub fn scope() -> impl actix_web::dev::HttpServiceFactory {
    route::scope::<Help>(Scope::new(BASE).route("/schema", web::get().to(schema)), table())
}

/// The `OpenAPI` document.
pub fn document(public_url: &str) -> serde_json::Value {
    let about = "Help requests and FAQs. Ids are integers (UUIDs are understood too); a slash at the end of a path is optional. \
                 Log in at `/api/v1/auth/login/`. POST takes an `Idempotency-Key`; single resources have an `ETag`, changes \
                 take `If-Match`.";
    let document = Document::new("Helpdesk API, help", about, Described::of::<Refusal>());
    route::describe(document, BASE, &table(), false, public_url)
}

/// `GET /schema/?format=`
async fn schema(settings: Data<HttpSettings>, params: Params) -> Answer {
    route::document(|_, url| document(url), &settings, &params)
}
