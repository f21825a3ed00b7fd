//! `/tickets/{id}/satisfaction/`: how content the requester is.

use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::satisfaction::{RateTicket, Rated};
use serde::Deserialize;
use utoipa::ToSchema;

use super::request::Given;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id};
use crate::problem::Answer;

type Shape = (shape::satisfaction::Rating<Uid>, shape::satisfaction::Rating<SerialId>);

/// How content somebody is; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RatingBody {
    /// 1 (not at all) to 5; required the first time.
    #[schema(minimum = 1, maximum = 5)]
    pub score: Option<i64>,
    /// What they say to it, or `null`.
    #[schema(value_type = Option<String>, max_length = 4096)]
    #[serde(default)]
    pub comment: Given<String>,
}

/// `GET /tickets/{id}/satisfaction/`: for the requester and for staff; 404 until somebody rated.
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.satisfaction.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `POST` and `PUT /tickets/{id}/satisfaction/`: the requester alone; 201 the first time.
pub async fn rate(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<RatingBody>) -> Answer {
    let current = async |id: &Reference| {
        let view = desk.satisfaction.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    let target: Target = when.target(&caller, id, current).await?;
    let command = RateTicket { target, score: body.score, comment: body.comment.0 };
    let Rated { view, is_new } = desk.satisfaction.rate(&caller.actor, command).await?;
    let now = desk.clock.now();
    if is_new { caller.created::<Shape, _>(&view, now) } else { caller.changed::<Shape, _>(&view, now) }
}
