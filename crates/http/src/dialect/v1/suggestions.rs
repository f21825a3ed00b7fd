//! `/knowledge-base/suggest/`: what may help with a ticket.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use super::request::article::SuggestBody;
use super::{Caller, classic, platform};
use crate::desk::Desk;
use crate::gate::Body;
use crate::problem::Answer;

type Shape = (platform::article::Suggestion, classic::article::Suggestion);

/// What may help, best first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggested<T> {
    /// At most five.
    pub results: Vec<T>,
}

/// `POST /knowledge-base/suggest/`
pub async fn suggest(desk: Data<Desk>, caller: Caller, Body(body): Body<SuggestBody>) -> Answer {
    let found = desk.suggestions.suggest(&caller.actor, body.into_plea()).await?;
    let seen = caller.seen();
    let results = found.iter().map(|one| caller.voice.say::<Shape, _>(one, &seen)).collect();
    Ok(HttpResponse::Ok().json(Suggested { results }))
}
