//! `/knowledge-base/categories/` (seed 001): where articles stand, as a tree.

use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::knowledge::Reader;

use super::articles::reader;
use super::request::article::{ArticleCategoryBody, find_categories};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use super::{Caller, Visitor};
use crate::desk::Desk;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::article::ArticleCategory<Uid>, shape::article::ArticleCategory<SerialId>);

/// `GET /knowledge-base/categories/`: by name, for everybody.
pub async fn list(desk: Data<Desk>, visitor: Visitor, paged: Paged, params: Params) -> Answer {
    let wanted = find_categories(&params)?;
    let page = desk.article_categories.list(reader(&visitor, &params), wanted, &paged.request).await?;
    visitor.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /knowledge-base/categories/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<ArticleCategoryBody>) -> Answer {
    let view = desk.article_categories.create(&caller.actor, body.into_creation()).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /knowledge-base/categories/{id}/`: for everybody.
pub async fn read(desk: Data<Desk>, visitor: Visitor, Id(id): Id, params: Params, when: Preconditions) -> Answer {
    let view = desk.article_categories.read(reader(&visitor, &params), &id).await?;
    visitor.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /knowledge-base/categories/{id}/`: absent fields stay.
pub async fn change(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<ArticleCategoryBody>,
) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.article_categories.edit(&caller.actor, body.into_edit(target)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /knowledge-base/categories/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.article_categories.delete(&caller.actor, &target).await?;
    Ok(gone())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.article_categories.read(Reader::Member(&caller.actor), id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}
