//! References in paths.

use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpRequest};
use helpdesk_domain::kernel::id::Reference;

use crate::problem::Problem;

/// The path by which a request finds its handler. What is decided by a path is decided by this one: `%77s` is `ws` here.
pub fn routed(request: &ServiceRequest) -> &str {
    request.match_info().as_str()
}

/// `{id}`: integer or UUID (or what else the kind of thing answers to). What is neither names nothing.
#[derive(Clone, Debug)]
pub struct Id(pub Reference);

/// `{id}` of a ticket and `{comment}` of one of its comments.
#[derive(Clone, Debug)]
pub struct CommentPath {
    /// The ticket.
    pub ticket: Reference,
    /// The comment.
    pub comment: Reference,
}

/// `{id}` of an article and `{version}` of one of its versions.
#[derive(Clone, Debug)]
pub struct VersionPath {
    /// The article.
    pub article: Reference,
    /// The version.
    pub version: i64,
}

/// `{id}` of a ticket and `{link}` of one of its links.
#[derive(Clone, Debug)]
pub struct LinkPath {
    /// The ticket.
    pub ticket: Reference,
    /// The link.
    pub link: Reference,
}

/// `{id}` of a webhook and `{delivery}` of one of its messages.
#[derive(Clone, Debug)]
pub struct DeliveryPath {
    /// The webhook.
    pub webhook: Reference,
    /// The message.
    pub delivery: Reference,
}

/// `{id}` of a work order and `{task}` or `{material}` of it.
#[derive(Clone, Debug)]
pub struct PartPath {
    /// The work order.
    pub order: Reference,
    /// The task or the material.
    pub part: Reference,
}

fn segment(request: &HttpRequest, name: &str) -> Result<Reference, Problem> {
    let text = request.match_info().get(name).filter(|text| !text.contains('\0') && !text.contains("%00"));
    text.map(Reference::parse).ok_or_else(|| Problem::not_found("Not found."))
}

impl FromRequest for Id {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(segment(request, "id").map(Self))
    }
}

impl FromRequest for VersionPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let version = || match segment(request, "version") {
            Ok(Reference::Serial(version)) => Ok(version),
            _ => Err(Problem::not_found("Version not found.")),
        };
        ready(segment(request, "id").and_then(|article| Ok(Self { article, version: version()? })))
    }
}

impl FromRequest for PartPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let name = if request.match_info().get("task").is_some() { "task" } else { "material" };
        ready(segment(request, "id").and_then(|order| Ok(Self { order, part: segment(request, name)? })))
    }
}

impl FromRequest for CommentPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let both = segment(request, "id").and_then(|ticket| Ok(Self { ticket, comment: segment(request, "comment")? }));
        ready(both)
    }
}

impl FromRequest for LinkPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let both = segment(request, "id").and_then(|ticket| Ok(Self { ticket, link: segment(request, "link")? }));
        ready(both)
    }
}

impl FromRequest for DeliveryPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let both = segment(request, "id").and_then(|webhook| Ok(Self { webhook, delivery: segment(request, "delivery")? }));
        ready(both)
    }
}
