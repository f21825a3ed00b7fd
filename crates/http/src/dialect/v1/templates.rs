//! `/templates/` (seed 002): what staff answer with often.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::Check;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::template::port::{TemplateOrder, TemplateQuery};

use super::request::template::{TemplateBody, TemplateUse};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::template::Template<Uid>, shape::template::Template<SerialId>);

/// `GET /templates/`: the public ones and one's own.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.templates.list(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /templates/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<TemplateBody>) -> Answer {
    let view = desk.templates.create(&caller.actor, body.into_creation()).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /templates/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.templates.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /templates/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<TemplateBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.templates.edit(&caller.actor, body.into_edit(target)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /templates/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.templates.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `POST /templates/{id}/use_template/`: the content with its variables filled in.
pub async fn process(desk: Data<Desk>, caller: Caller, Id(id): Id, Body(body): Body<TemplateUse>) -> Answer {
    let processed = desk.templates.process(&caller.actor, &id, &body.into_context()).await?;
    Ok(HttpResponse::Ok().json(shape::template::ProcessedTemplate::from(processed)))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.templates.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params) -> Result<TemplateQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "title", |name| match name {
        "title" => Some(TemplateOrder::Title),
        "category" => Some(TemplateOrder::Category),
        "created_at" => Some(TemplateOrder::CreatedAt),
        "updated_at" => Some(TemplateOrder::UpdatedAt),
        _ => None,
    });
    let (order, descending) = order.unwrap_or_default();
    let query = TemplateQuery {
        search: params.get(&["search"]).map(str::to_owned),
        category: params.get(&["category"]).map(str::to_owned),
        is_public: params.boolean(&mut check, "is_public"),
        order,
        descending,
    };
    check.done()?;
    Ok(query)
}
