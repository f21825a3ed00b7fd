//! `/filters/` (seed 002): questions to the ticket list that are kept under a name.

use actix_web::web::Data;
use helpdesk_domain::filter::FilterError;
use helpdesk_domain::filter::command::FilterParams;
use helpdesk_domain::filter::port::{FilterOrder, FilterQuery};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::ticket::command::FindTickets;
use serde_json::{Map, Value};

use super::request::filter::{FilterBody, asked, unknown, within};
use super::request::list::{self, find};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::filter::Filter<Uid>, shape::filter::Filter<SerialId>);

/// What a ticket list is asked for: what the request says, and else what the saved filter says that it names.
pub async fn wanted(desk: &Desk, caller: &Caller, params: &Params) -> Result<FindTickets, Problem> {
    let wanted = find(params, caller.voice)?;
    let Some(filter) = params.reference(&["filter"]) else { return Ok(wanted) };
    match desk.filters.read(&caller.actor, &filter).await {
        Ok(saved) => Ok(wanted.or(asked(&saved.asks)?)),
        Err(FilterError::NotFound) => Err(Problem::field("filter", FieldProblem::Unknown(filter.to_string()))),
        Err(error) => Err(error.into()),
    }
}

/// The same of an object in a field of a body, where a name that is no parameter of the list is refused.
pub async fn named(desk: &Desk, caller: &Caller, field: &str, given: &Map<String, Value>) -> Result<FindTickets, Problem> {
    let mut check = Check::new();
    unknown(&mut check, field, given, |name| name == "filter" || list::PARAMETERS.contains(&name));
    check.done()?;
    let params = Params::from_object(given).map_err(|violations| violations.inside(field))?;
    wanted(desk, caller, &params).await
}

/// `GET /filters/`: the public ones and one's own.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.filters.list(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /filters/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<FilterBody>) -> Answer {
    let command = body.into_creation(caller.voice);
    check(&desk, &caller, command.params.as_ref()).await?;
    let view = desk.filters.create(&caller.actor, command).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /filters/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.filters.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /filters/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<FilterBody>) -> Answer {
    let current = desk.filters.read(&caller.actor, &id).await?;
    let target = target(&desk, &caller, id, &when).await?;
    let command = body.into_edit(target, caller.voice, &current.asks);
    check(&desk, &caller, command.params.as_ref()).await?;
    let view = desk.filters.edit(&caller.actor, command).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /filters/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.filters.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// Refuses what the ticket list would refuse.
async fn check(desk: &Desk, caller: &Caller, params: Option<&FilterParams>) -> Result<(), Problem> {
    let Some(params) = params else { return Ok(()) };
    let recognized = desk.tickets.recognize(&caller.actor, asked(params)?).await;
    recognized.map_err(|error| within(error.into()))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.filters.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params) -> Result<FilterQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "name", |name| match name {
        "name" => Some(FilterOrder::Name),
        "created_at" => Some(FilterOrder::CreatedAt),
        "updated_at" => Some(FilterOrder::UpdatedAt),
        _ => None,
    });
    let (order, descending) = order.unwrap_or_default();
    let query = FilterQuery {
        search: params.get(&["search"]).map(str::to_owned),
        is_public: params.boolean(&mut check, "is_public"),
        order,
        descending,
    };
    check.done()?;
    Ok(query)
}
