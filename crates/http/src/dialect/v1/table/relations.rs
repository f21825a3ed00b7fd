//! What binds tickets to each other, and how content their requesters are.

use actix_web::http::Method;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::links::{self, NewLink};
use crate::dialect::v1::satisfaction::{self, RatingBody};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::dialect::v1::transfers::{self, Merge, Split};
use crate::dialect::v1::{classic, platform};
use crate::openapi::{Operation, Reply};

type PlatformTicket = platform::ticket::TicketDetails;
type ClassicTicket = classic::ticket::TicketDetails;

/// `/tickets/{id}/links/`
pub fn links() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Tickets", id, summary, reply);
    let list = op("listLinks", "List a ticket's links", Reply::lists::<shape::link::Link<Uid>, shape::link::Link<SerialId>>());
    let one = Reply::shows::<shape::link::Link<Uid>, shape::link::Link<SerialId>>(201);
    let add = op("addLink", "Link a ticket to another; staff", one).takes::<NewLink>();
    let remove = op("deleteLink", "End a link; staff", Reply::nothing()).refuses(&[409]);
    vec![
        Route::new(Method::GET, "/tickets/{id}/links", links::list, list.query(PAGE)),
        Route::new(Method::POST, "/tickets/{id}/links", links::add, add.refuses(&[409, 412, 422])),
        Route::new(Method::DELETE, "/tickets/{id}/links/{link}", links::remove, remove),
    ]
}

/// `/tickets/{id}/merge/` and `/tickets/{id}/split/`
pub fn transfers() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Tickets", id, summary, reply).refuses(&[409, 412]);
    let ticket = |status| Reply::shows::<PlatformTicket, ClassicTicket>(status);
    let merge = op("mergeTickets", "Merge tickets; staff", ticket(200)).takes::<Merge>();
    let split = op("splitTicket", "Make a ticket of some comments; staff", ticket(201)).takes::<Split>();
    let unmerge = op("unmergeTicket", "Undo the merge of a ticket into another; staff", Reply::nothing());
    let unsplit = op("unsplitTicket", "Undo the split that made a ticket; staff", Reply::nothing());
    vec![
        Route::new(Method::POST, "/tickets/{id}/merge", transfers::merge, merge.refuses(&[422])),
        Route::new(Method::DELETE, "/tickets/{id}/merge", transfers::unmerge, unmerge),
        Route::new(Method::POST, "/tickets/{id}/split", transfers::split, split.refuses(&[422])),
        Route::new(Method::DELETE, "/tickets/{id}/split", transfers::unsplit, unsplit),
    ]
}

/// `/tickets/{id}/satisfaction/`
pub fn satisfaction() -> Vec<Route> {
    let shows = |status| Reply::shows::<shape::satisfaction::Rating<Uid>, shape::satisfaction::Rating<SerialId>>(status);
    let op = |id, summary, status| Operation::new("Tickets", id, summary, shows(status));
    let read = op("readSatisfaction", "How content the requester is; requester and staff", 200);
    let rate = |id, summary| op(id, summary, 201).takes::<RatingBody>().also(200).refuses(&[409, 412]);
    let path = "/tickets/{id}/satisfaction";
    vec![
        Route::new(Method::GET, path, satisfaction::read, read),
        Route::new(Method::POST, path, satisfaction::rate, rate("rateTicket", "Rate a ticket; its requester").refuses(&[422])),
        Route::new(Method::PUT, path, satisfaction::rate, rate("putSatisfaction", "Rate a ticket; its requester")),
    ]
}
