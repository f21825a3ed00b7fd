//! `/knowledge-base/suggest/`: what may help with a ticket.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::request::article::SuggestBody;
use super::{Caller, classic, platform};
use crate::desk::Desk;
use crate::gate::Body;
use crate::problem::Answer;

type Shape = (platform::article::Suggested, classic::article::Suggested);

/// `POST /knowledge-base/suggest/`
pub async fn suggest(desk: Data<Desk>, caller: Caller, Body(body): Body<SuggestBody>) -> Answer {
    let found = desk.suggestions.suggest(&caller.actor, body.into_plea()).await?;
    Ok(HttpResponse::Ok().json(caller.voice.say::<Shape, _>(&found, &caller.seen())))
}
