//! `/notifications/` (seed 001): what the caller is told.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::notification::NotificationKind;
use helpdesk_domain::notification::port::NotificationQuery;
use serde::Serialize;
use utoipa::ToSchema;

use super::request::notification::{NotificationPreferences, NotificationPreferencesChange};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::notification::Notification<Uid>, shape::notification::Notification<SerialId>);

/// How many notifications are unread.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadCount {
    /// How many.
    pub count: u64,
}

/// How many notifications were marked.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarkedRead {
    /// How many were unread.
    pub updated: u64,
}

/// `GET /notifications/`: the newest first.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.notifications.list(&caller.actor, &query(&params, caller.voice)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `GET /notifications/unread-count/`
pub async fn unread_count(desk: Data<Desk>, caller: Caller, when: Preconditions) -> Answer {
    let count = desk.notifications.unread_count(&caller.actor).await?;
    when.answer(&caller, &UnreadCount { count })
}

/// `GET /notifications/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.notifications.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `POST /notifications/{id}/read/`
pub async fn mark_read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.notifications.mark_read(&caller.actor, &target).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `POST /notifications/mark-all-read/`
pub async fn mark_all_read(desk: Data<Desk>, caller: Caller) -> Answer {
    let updated = desk.notifications.mark_all_read(&caller.actor).await?;
    Ok(HttpResponse::Ok().json(MarkedRead { updated }))
}

/// `DELETE /notifications/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.notifications.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `GET /notifications/preferences/`
pub async fn preferences(desk: Data<Desk>, caller: Caller, when: Preconditions) -> Answer {
    let wanted = desk.notification_preferences.read(&caller.actor).await?;
    when.answer(&caller, &NotificationPreferences::from(&wanted))
}

/// `PUT` and `PATCH /notifications/preferences/`: absent kinds stay.
pub async fn choose(desk: Data<Desk>, caller: Caller, Body(body): Body<NotificationPreferencesChange>) -> Answer {
    let wanted = desk.notification_preferences.change(&caller.actor, &body.into_choices()).await?;
    Ok(HttpResponse::Ok().json(NotificationPreferences::from(&wanted)))
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.notifications.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision()))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params, voice: Voice) -> Result<NotificationQuery, Problem> {
    let mut check = Check::new();
    let kind = |word: &str| NotificationKind::parse(word).ok_or_else(|| FieldProblem::InvalidChoice(word.to_owned()));
    let kinds: Vec<_> = params.list(&["type"]).into_iter().filter_map(|word| check.field("type", kind(word))).collect();
    let priorities = voice.priority_filter(&mut check, &params.list(&["priority"]));
    let oldest_first = match params.get(&["ordering"]).unwrap_or("-created_at") {
        "created_at" => Ok(true),
        "-created_at" => Ok(false),
        word => Err(FieldProblem::InvalidChoice(word.to_owned())),
    };
    let (created_after, created_before) = params.span(&mut check, "created_after", "created_before");
    let query = NotificationQuery {
        kinds: (!kinds.is_empty()).then_some(kinds),
        priorities: priorities.map(|priorities| priorities.into_iter().flatten().collect()),
        is_read: params.boolean(&mut check, "is_read"),
        created_after,
        created_before,
        oldest_first: check.field("ordering", oldest_first).unwrap_or_default(),
    };
    check.done()?;
    Ok(query)
}
