//! `/knowledge-base/suggest/`: what may help with a ticket.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::Caller;
use super::request::article::SuggestBody;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::gate::Body;
use crate::problem::Answer;

type Shape = (shape::article::Suggested<Uid>, shape::article::Suggested<SerialId>);

/// `POST /knowledge-base/suggest/`
pub async fn suggest(desk: Data<Desk>, caller: Caller, Body(body): Body<SuggestBody>) -> Answer {
    let found = desk.suggestions.suggest(&caller.actor, body.into_plea()).await?;
    Ok(HttpResponse::Ok().json(caller.voice.say::<Shape, _>(&found, &caller.seen())))
}
