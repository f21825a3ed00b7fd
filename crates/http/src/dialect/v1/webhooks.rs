//! `/webhooks/`: programs that are told what happens; for admins, the same in both dialects.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::delivery::DeliveryState;
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::{Reference, Target};

use super::say::gone;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::dialect::v1::platform::webhook::{Delivery, FreshWebhook, Webhook};
use crate::dialect::v1::request::webhook::WebhookBody;
use crate::gate::etag::{Preconditions, tag};
use crate::gate::idempotency::NotKept;
use crate::gate::path::DeliveryPath;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

use super::say::Shows;

type Shape = (Webhook, Webhook);

/// `GET /webhooks/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged) -> Answer {
    let page = desk.webhooks.list(&caller.actor, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /webhooks/`: 201 with the secret, which is not kept for a repeat of the idempotency key.
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<WebhookBody>) -> Answer {
    let (view, secret) = desk.webhooks.create(&caller.actor, body.into_command()).await?;
    let webhook = Webhook::show(&view, &caller.seen());
    let tag = tag(&caller, &webhook);
    let mut answer = HttpResponse::Created().insert_header(("ETag", tag)).json(FreshWebhook { webhook, secret });
    answer.extensions_mut().insert(NotKept);
    Ok(answer)
}

/// `GET /webhooks/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.webhooks.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /webhooks/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<WebhookBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.webhooks.edit(&caller.actor, body.into_edit(target)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /webhooks/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.webhooks.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `GET /webhooks/{id}/deliveries/?status=`: newest first.
pub async fn deliveries(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged, params: Params) -> Answer {
    let page = desk.webhooks.deliveries(&caller.actor, &id, state(&params)?, &paged.request).await?;
    caller.list::<(Delivery, Delivery), _>(page, &paged, desk.clock.now())
}

/// `POST /webhooks/{id}/deliveries/{delivery}/redeliver/`: it is sent again, under its id.
pub async fn redeliver(desk: Data<Desk>, caller: Caller, path: DeliveryPath) -> Answer {
    let view = desk.webhooks.redeliver(&caller.actor, &path.webhook, &path.delivery).await?;
    Ok(HttpResponse::Accepted().json(Delivery::show(&view, &caller.seen())))
}

fn state(params: &Params) -> Result<Option<DeliveryState>, Problem> {
    let Some(word) = params.get(&["status"]) else { return Ok(None) };
    let state = DeliveryState::parse(word);
    state.map(Some).ok_or_else(|| Problem::field("status", FieldProblem::InvalidChoice(word.to_owned())))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.webhooks.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.webhook.revision))
    };
    when.target(caller, id, current).await
}
