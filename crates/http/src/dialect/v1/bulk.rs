//! `/tickets/bulk/`: one change to many tickets.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::ticket::Chosen;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::request::Ref;
use super::request::ticket::TicketBody;
use super::{classic, filters, platform};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::Body;
use crate::problem::{Answer, Problem};

/// Which tickets, and how they shall be.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct BulkChange {
    /// The tickets, at most 1 000; this or `filter`.
    #[schema(max_items = 1000)]
    pub ids: Option<Vec<Ref>>,
    /// The parameters of a ticket list that shows at most 1 000 tickets, `filter` (a saved filter) among them; no others.
    #[schema(value_type = Option<Object>)]
    pub filter: Option<Map<String, Value>>,
    /// What to change, as in PATCH of one ticket.
    #[schema(required)]
    pub set: Option<TicketBody>,
}

impl BulkChange {
    async fn chosen(&mut self, desk: &Desk, caller: &Caller) -> Result<Chosen, Problem> {
        match (self.ids.take(), self.filter.take()) {
            (Some(ids), None) => Ok(Chosen::Named(ids.into_iter().map(|given| given.0).collect())),
            // a name that is no parameter would be left out, and every ticket changed
            (None, Some(filter)) => Ok(Chosen::Found(Box::new(filters::named(desk, caller, "filter", &filter).await?))),
            (None, None) => Err(Problem::field("ids", FieldProblem::Required)),
            (Some(_), Some(_)) => Err(Problem::field("filter", FieldProblem::Other("Give either ids or a filter."))),
        }
    }
}

/// `POST /tickets/bulk/`: staff only; 200 with what became of each ticket.
pub async fn change(desk: Data<Desk>, caller: Caller, Body(mut body): Body<BulkChange>) -> Answer {
    let set = body.set.take().ok_or_else(|| Problem::field("set", FieldProblem::Required))?;
    let change = set.into_edit(Target::from(Reference::Serial(0)), caller.voice)?;
    let outcomes = desk.tickets.bulk(&caller.actor, body.chosen(&desk, &caller).await?, &change).await?;
    Ok(match caller.voice {
        Voice::Platform => HttpResponse::Ok().json(platform::bulk::BulkResults::from(outcomes)),
        Voice::Classic => HttpResponse::Ok().json(classic::bulk::BulkResults::from(outcomes)),
    })
}
