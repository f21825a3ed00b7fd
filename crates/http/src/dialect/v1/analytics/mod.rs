//! `/analytics/` (seed 001): figures over the organization, by the days of its time zone; for staff.

mod metrics;
mod shape;
mod system;
mod tickets;
mod users;
mod wanted;
mod work_orders;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::to_value;

pub use system::Performance;
pub use tickets::{Dashboard, Tickets};
pub use users::Users;
pub use work_orders::WorkOrders;

use self::metrics::pick;
use self::wanted::wanted;
use super::say::Shapes;
use super::shape::{SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::Params;
use crate::problem::{Answer, Problem};

/// `GET /analytics/dashboard/`
pub async fn dashboard(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let report = desk.analytics.dashboard(&caller.actor, wanted(&params, caller.voice)?).await?;
    answer::<(Dashboard<Uid>, Dashboard<SerialId>), _>(&report, &caller, &params)
}

/// `GET /analytics/tickets/`
pub async fn tickets(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let report = desk.analytics.tickets(&caller.actor, wanted(&params, caller.voice)?).await?;
    answer::<(Tickets<Uid>, Tickets<SerialId>), _>(&report, &caller, &params)
}

/// `GET /analytics/work-orders/`
pub async fn work_orders(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let report = desk.analytics.work_orders(&caller.actor, wanted(&params, caller.voice)?).await?;
    answer::<(WorkOrders<Uid>, WorkOrders<SerialId>), _>(&report, &caller, &params)
}

/// `GET /analytics/users/`
pub async fn users(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let report = desk.analytics.people(&caller.actor, wanted(&params, caller.voice)?).await?;
    answer::<(Users<Uid>, Users<SerialId>), _>(&report, &caller, &params)
}

/// `GET /analytics/performance/`
pub async fn performance(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let report = desk.analytics.performance(&caller.actor, wanted(&params, caller.voice)?).await?;
    answer::<(Performance<Uid>, Performance<SerialId>), _>(&report, &caller, &params)
}

/// The parts of a report that are asked for, in the caller's voice.
fn answer<S: Shapes<R>, R>(report: &R, caller: &Caller, params: &Params) -> Answer {
    let said = caller.voice.say::<S, R>(report, &caller.seen());
    let body = to_value(said).map_err(|_| Problem::bug())?;
    Ok(HttpResponse::Ok().json(pick(body, &params.list(&["metrics"]))?))
}
