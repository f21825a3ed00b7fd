//! `/knowledge-base/articles/` (seed 001): written by staff, read by everybody.

use actix_web::web::Data;
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::knowledge::Reader;

use super::request::article::{ArticleBody, VoteBody, find};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use super::{Caller, Visitor};
use crate::desk::Desk;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params, VersionPath};
use crate::problem::{Answer, Problem};

type Shape = (shape::article::Article<Uid>, shape::article::Article<SerialId>);
type Version = (shape::article::ArticleVersion<Uid>, shape::article::ArticleVersion<SerialId>);

/// Who reads: members their own organization's, strangers the default one's or `?organization=SLUG`.
pub fn reader<'a>(visitor: &'a Visitor, params: &'a Params) -> Reader<'a> {
    visitor.actor.as_ref().map_or_else(|| Reader::Anybody(params.get(&["organization"])), Reader::Member)
}

/// `GET /knowledge-base/articles/`: for everybody.
pub async fn list(desk: Data<Desk>, visitor: Visitor, paged: Paged, params: Params) -> Answer {
    let page = desk.articles.list(reader(&visitor, &params), find(&params)?, &paged.request).await?;
    visitor.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /knowledge-base/articles/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<ArticleBody>) -> Answer {
    let view = desk.articles.create(&caller.actor, body.into_creation()).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /knowledge-base/articles/{id}/`: for everybody. `?render=html` adds the content as HTML.
pub async fn read(desk: Data<Desk>, visitor: Visitor, Id(id): Id, params: Params, when: Preconditions) -> Answer {
    let as_html = match params.get(&["render"]) {
        None | Some("markdown") => false,
        Some("html") => true,
        Some(word) => return Err(Problem::field("render", FieldProblem::InvalidChoice(word.to_owned()))),
    };
    let view = desk.articles.look_at(reader(&visitor, &params), &id, as_html).await?;
    visitor.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /knowledge-base/articles/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<ArticleBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.articles.edit(&caller.actor, body.into_edit(target)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /knowledge-base/articles/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.articles.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `POST /knowledge-base/articles/{id}/vote/`
pub async fn vote(desk: Data<Desk>, caller: Caller, Id(id): Id, Body(body): Body<VoteBody>) -> Answer {
    let view = desk.articles.vote(&caller.actor, &id, body.helpful).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `GET /knowledge-base/articles/{id}/versions/`: the newest first, without what they said; staff.
pub async fn versions(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let page = desk.articles.versions(&caller.actor, &id, &paged.request).await?;
    caller.list::<Version, _>(page, &paged, desk.clock.now())
}

/// `GET /knowledge-base/articles/{id}/versions/{version}/`: staff.
pub async fn version(desk: Data<Desk>, caller: Caller, path: VersionPath, when: Preconditions) -> Answer {
    let view = desk.articles.version(&caller.actor, &path.article, path.version).await?;
    caller.found::<Version, _>(&view, desk.clock.now(), &when)
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.articles.read(Reader::Member(&caller.actor), id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}
