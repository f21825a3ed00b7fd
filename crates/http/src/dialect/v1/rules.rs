//! `/rules/`: what is done with tickets by itself. Staff read, admins write; the same in both dialects.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::automation::TriggerKind;
use helpdesk_domain::automation::port::{RuleOrder, RuleQuery};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};

use super::platform::replay::Replay;
use super::platform::rule::{LogEntry, Rule};
use super::request::rule::{RuleBody, RuleTest};
use super::say::gone;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (Rule, Rule);

/// `GET /rules/?search=&is_active=&trigger=&ordering=`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.rules.list(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /rules/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<RuleBody>) -> Answer {
    let view = desk.rules.create(&caller.actor, body.into_write()).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /rules/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.rules.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /rules/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<RuleBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.rules.edit(&caller.actor, body.into_edit(target)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /rules/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.rules.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `GET /rules/{id}/log/`: newest first.
pub async fn log(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let page = desk.rules.log(&caller.actor, &id, &paged.request).await?;
    caller.list::<(LogEntry, LogEntry), _>(page, &paged, desk.clock.now())
}

/// `POST /rules/{id}/test/`: what it, or a draft of it, would have done; changes nothing.
pub async fn test(desk: Data<Desk>, caller: Caller, Id(id): Id, Body(body): Body<RuleTest>) -> Answer {
    let replayed = desk.rules.test(&caller.actor, body.into_command(id)).await?;
    Ok(HttpResponse::Ok().json(Replay::from(replayed)))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.rules.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.rule.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params) -> Result<RuleQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "position", |name| match name {
        "position" => Some(RuleOrder::Position),
        "name" => Some(RuleOrder::Name),
        "created_at" => Some(RuleOrder::CreatedAt),
        _ => None,
    });
    let (order, descending) = order.unwrap_or_default();
    let kind = |word: &str| TriggerKind::parse(word).ok_or_else(|| FieldProblem::InvalidChoice(word.to_owned()));
    let query = RuleQuery {
        search: params.get(&["search"]).map(str::to_owned),
        is_active: params.boolean(&mut check, "is_active"),
        trigger: check.optional("trigger", params.get(&["trigger"]).map(kind)),
        order,
        descending,
    };
    check.done()?;
    Ok(query)
}
