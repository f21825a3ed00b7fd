//! `/tickets/{id}/links/`: how tickets belong together.

use actix_web::web::Data;
use helpdesk_domain::link::AddLink;
use serde::Deserialize;
use utoipa::ToSchema;

use super::request::Ref;
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use super::tickets::target;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, LinkPath, Paged};
use crate::problem::Answer;

type Shape = (shape::link::Link<Uid>, shape::link::Link<SerialId>);

/// A link to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewLink {
    /// The other ticket: its id or number.
    #[schema(required)]
    pub ticket: Option<Ref>,
    /// How this ticket belongs to the other: `relates_to`, `blocks`, `duplicates`, `parent`, or from the other end
    /// `blocked_by`, `duplicated_by`, `child`.
    #[serde(rename = "type")]
    #[schema(required, example = "blocks")]
    pub relation: Option<String>,
}

/// `GET /tickets/{id}/links/`: oldest first; those to tickets that the caller sees.
pub async fn list(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let page = desk.links.list(&caller.actor, &id, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /tickets/{id}/links/`: staff only.
pub async fn add(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<NewLink>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let command = AddLink { target, other: body.ticket.map(|given| given.0), relation: body.relation };
    let view = desk.links.add(&caller.actor, command).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /tickets/{id}/links/{link}/`: staff only.
pub async fn remove(desk: Data<Desk>, caller: Caller, path: LinkPath) -> Answer {
    desk.links.remove(&caller.actor, &path.ticket, &path.link).await?;
    Ok(gone())
}
