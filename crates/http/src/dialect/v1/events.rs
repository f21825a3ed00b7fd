//! `/events/`: the event log, for staff and their machines.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, Utc};
use helpdesk_domain::event::Recorded;
use helpdesk_domain::kernel::Problem as FieldProblem;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::dialect::v1::platform::routing::RouteRef;
use crate::dialect::v1::platform::rule::RuleRef;
use crate::gate::Params;
use crate::problem::{Answer, Problem};

const STANDARD: u64 = 100;

/// What happened behind a position.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    /// In order, without gaps.
    pub results: Vec<Event>,
    /// What to ask for next.
    pub after: i64,
    /// The last position that there is.
    pub last_position: i64,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// UUID, to drop doubles by.
    pub id: Uuid,
    /// 1, 2, 3 … in the organization.
    pub position: i64,
    /// What, e.g. `ticket.status_changed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// To what.
    pub subject: Subject,
    /// By whom; none when nobody was logged in.
    pub actor: Option<Uuid>,
    /// The rule that did it, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_rule: Option<RuleRef>,
    /// The route that did it, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_route: Option<RouteRef>,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// The particulars.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// What an event is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EventSubject)]
pub struct Subject {
    /// `ticket`, `user`, `category`, `tag` or `department`.
    pub kind: String,
    /// UUID.
    pub id: Uuid,
}

impl From<&Recorded> for Event {
    fn from(recorded: &Recorded) -> Self {
        let event = &recorded.event;
        Self {
            id: recorded.id.0,
            position: recorded.position,
            kind: event.kind(),
            subject: Subject { kind: event.subject.kind().to_owned(), id: event.subject.id() },
            actor: event.actor.map(|user| user.0),
            by_rule: RuleRef::of(event.origin.as_ref()),
            by_route: RouteRef::of(event.origin.as_ref()),
            occurred_at: event.at,
            data: serde_json::to_value(&event.happened).unwrap_or_default(),
        }
    }
}

/// `GET /events/?after=&limit=`: staff only.
pub async fn list(desk: Data<Desk>, caller: Caller, params: Params) -> Answer {
    let after = whole(&params, "after", 0)?.unwrap_or(0);
    let limit = whole(&params, "limit", 1)?.map_or(STANDARD, |limit| u64::try_from(limit).unwrap_or(STANDARD));
    let (events, last_position) = desk.events.after(&caller.actor, after, limit).await?;
    let after = events.last().map_or(after, |event| event.position);
    let results = events.iter().map(Event::from).collect();
    Ok(HttpResponse::Ok().json(Events { results, after, last_position }))
}

/// A whole number, not below `least`.
pub fn whole(params: &Params, name: &str, least: i64) -> Result<Option<i64>, Problem> {
    let Some(text) = params.get(&[name]) else { return Ok(None) };
    let number = text.parse::<i64>().map_err(|_| Problem::field(name, FieldProblem::WrongType("integer")))?;
    if number < least { Err(Problem::field(name, FieldProblem::BelowMinimum(least))) } else { Ok(Some(number)) }
}
