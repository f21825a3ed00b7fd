//! `/faqs`: questions that are often asked.

use actix_web::HttpResponse;
use actix_web::http::header::ContentType;
use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::knowledge::Reader;
use helpdesk_domain::knowledge::faq::command::{CreateFaq, EditFaq, FindFaqs, Place};
use serde::Deserialize;
use utoipa::ToSchema;

use super::books::{Books, Shelf};
use super::wire::{Faq, FaqBook, FaqCreated, FaqUpdated, Message};
use super::{Caller, Visitor};
use crate::desk::Desk;
use crate::gate::etag::{Preconditions, tag};
use crate::gate::reference::Ref;
use crate::gate::{Body, Id, Params};
use crate::problem::{Answer, Problem};

/// The list has at most so many; who has more has it filtered by category.
const MOST_LISTED: u64 = 10_000;
/// A search has at most so many, the best.
const MOST_FOUND: u64 = 100;

/// A question to write, or changes to one; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FaqBody {
    /// What is asked; required to write one.
    #[schema(max_length = 500)]
    pub question: Option<String>,
    /// What it is answered with; required to write one.
    #[schema(max_length = 65536)]
    pub answer: Option<String>,
    /// What it is about; required to write one.
    pub category: Option<Ref>,
    /// The same.
    pub category_id: Option<Ref>,
    /// Words that it is also found by.
    #[schema(max_length = 500)]
    pub tags: Option<String>,
    /// Its place in its category: smaller first.
    #[schema(minimum = 0)]
    pub display_order: Option<i64>,
    /// Whether it is shown to everybody.
    pub is_active: Option<bool>,
}

/// Places for questions.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct OrderBody {
    /// Questions and their places; a question alone gets the place that it has here, from 1. At most 1000.
    #[schema(required)]
    pub order: Option<Vec<Placed>>,
}

/// A question and its place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Placed {
    /// At this place.
    At {
        /// Which question.
        id: Ref,
        /// Where.
        display_order: i64,
    },
    /// At the place that it has in the list.
    Next(Ref),
}

/// Who reads: members their own organization's, strangers the default one's or `?organization=SLUG`.
pub fn reader<'a>(visitor: &'a Visitor, params: &'a Params) -> Reader<'a> {
    visitor.actor.as_ref().map_or_else(|| Reader::Anybody(params.get(&["organization"])), Reader::Member)
}

/// `GET /faqs?category=&search=`: for everybody. `include_inactive=true` is for admins.
pub async fn list(desk: Data<Desk>, books: Data<Books>, visitor: Visitor, params: Params) -> Answer {
    let mut check = Check::new();
    let include_inactive = params.boolean(&mut check, "include_inactive").unwrap_or(false);
    check.done()?;
    let reader = reader(&visitor, &params);
    let word = params.get(&["category", "category_id"]).filter(|word| *word != "all");
    let wanted = FindFaqs { category: word.map(Reference::parse), search: None, include_inactive, most: Some(MOST_LISTED) };
    if let Some(search) = params.get(&["search"]) {
        let wanted = FindFaqs { search: Some(search.to_owned()), most: Some(MOST_FOUND), ..wanted };
        return Ok(HttpResponse::Ok().json(FaqBook::new(&desk.faqs.list(reader, wanted).await?)));
    }
    let (organization, edition) = desk.faqs.edition(reader, include_inactive).await?;
    let shelf = Shelf { organization, edition, category: word.map(str::to_owned), include_inactive };
    let make = async || Ok(FaqBook::new(&desk.faqs.list(reader, wanted).await?));
    Ok(HttpResponse::Ok().content_type(ContentType::json()).body(books.book(shelf, make).await?))
}

/// `GET /faqs/{id}`: for everybody.
pub async fn read(desk: Data<Desk>, visitor: Visitor, Id(id): Id, params: Params, when: Preconditions) -> Answer {
    let faq = desk.faqs.read(reader(&visitor, &params), &id).await?;
    when.answer(&visitor, &Faq::from(&faq))
}

/// `POST /faqs`: admins only.
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<FaqBody>) -> Answer {
    let FaqBody { question, answer, category, category_id, tags, display_order, is_active } = body;
    let category = category.or(category_id).map(|given| given.0);
    let command = CreateFaq { question, answer, category, tags, display_order, is_active };
    let faq = desk.faqs.create(&caller.actor, command).await?;
    Ok(HttpResponse::Created().insert_header(("ETag", tag(&caller, &Faq::from(&faq)))).json(FaqCreated::new(&faq)))
}

/// `PUT /faqs/{id}`: admins only; absent fields stay.
pub async fn update(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<FaqBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let FaqBody { question, answer, category, category_id, tags, display_order, is_active } = body;
    let category = category.or(category_id).map(|given| given.0);
    let command = EditFaq { target, question, answer, category, tags, display_order, is_active };
    let faq = Faq::from(&desk.faqs.edit(&caller.actor, command).await?);
    let tag = tag(&caller, &faq);
    Ok(HttpResponse::Ok().insert_header(("ETag", tag)).json(FaqUpdated { message: "FAQ updated successfully", data: faq }))
}

/// `DELETE /faqs/{id}`: admins only.
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.faqs.delete(&caller.actor, &target).await?;
    Ok(HttpResponse::Ok().json(Message { message: "FAQ deleted successfully" }))
}

/// `PUT /faqs/order`: admins only; all of them or none.
pub async fn arrange(desk: Data<Desk>, caller: Caller, Body(body): Body<OrderBody>) -> Answer {
    let order = body.order.ok_or_else(|| Problem::field("order", FieldProblem::Required));
    let place = |(n, placed)| match placed {
        Placed::At { id, display_order } => Place { faq: id.0, display_order },
        Placed::Next(id) => Place { faq: id.0, display_order: n },
    };
    let places: Vec<Place> = (1..).zip(order?).map(place).collect();
    desk.faqs.arrange(&caller.actor, &places).await?;
    Ok(HttpResponse::Ok().json(Message { message: "FAQ order updated successfully" }))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let faq = desk.faqs.read(Reader::Member(&caller.actor), id).await?;
        Ok((Faq::from(&faq), faq.revision))
    };
    when.target(caller, id, current).await
}
