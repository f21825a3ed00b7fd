//! `/organizations/current/`: the caller's organization and what it chooses.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use helpdesk_domain::identity::Organization as View;
use helpdesk_domain::identity::command::ChangeOrganization;
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::sandbox::{MoveClock, OrganizationClock as ClockView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::request::Given;
use super::say::Shows;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::reference::Time;
use crate::gate::{Body, Seen};
use crate::problem::{Answer, Problem};

/// An organization; the same in both dialects.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organization {
    /// UUID.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its word in URLs and registrations.
    pub slug: String,
    /// Its internet domain.
    pub domain: Option<String>,
    /// IANA name of the zone that its days are counted in.
    pub time_zone: String,
    /// Whether its time can be moved, to try things out.
    pub sandbox: bool,
    /// Whether tickets of every channel wait for approval.
    pub requires_approval: bool,
    /// Whether new accounts wait for approval.
    pub requires_account_approval: bool,
    /// For how many days a requester may reopen a resolved ticket.
    pub reopen_days: i64,
    /// For how many minutes authors may edit and delete their comments.
    pub comment_edit_minutes: i64,
    /// After how many days resolved tickets are closed; never when none.
    pub auto_close_days: Option<i64>,
    /// After how many days requesters of pending tickets are reminded; never when none.
    pub pending_reminder_days: Option<i64>,
    /// Where finished tickets are handed to; shown to admins only. Without one the operator's choice holds, if there is any.
    pub workflow_url: Option<String>,
    /// Whether messages to it are signed.
    pub has_workflow_secret: bool,
}

impl Shows<View> for Organization {
    fn show(view: &View, seen: &Seen<'_>) -> Self {
        Self {
            id: view.id.0,
            name: view.name.clone(),
            slug: view.slug.clone(),
            domain: view.domain.clone(),
            time_zone: view.time_zone.clone(),
            sandbox: view.is_sandbox(),
            requires_approval: view.settings.requires_approval,
            requires_account_approval: view.settings.requires_account_approval,
            reopen_days: view.settings.reopen_days,
            comment_edit_minutes: view.settings.comment_edit_minutes,
            auto_close_days: view.settings.auto_close.map(|chosen| chosen.days),
            pending_reminder_days: view.settings.pending_reminder.map(|chosen| chosen.days),
            workflow_url: view.settings.workflow_url.clone().filter(|_| seen.by_admin()),
            has_workflow_secret: view.settings.workflow_secret.is_some(),
        }
    }
}

/// What to choose; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Choice {
    /// Its name; 100 characters.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// Its internet domain; an empty one is taken away.
    pub domain: Option<String>,
    /// IANA name of a time zone.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: Option<String>,
    /// Whether its time can be moved, to try things out; once it was moved, that stays so.
    pub sandbox: Option<bool>,
    /// Whether tickets of every channel wait for approval.
    pub requires_approval: Option<bool>,
    /// Whether new accounts wait for approval.
    pub requires_account_approval: Option<bool>,
    /// 0 to 3 650.
    pub reopen_days: Option<i64>,
    /// 0 to 525 600.
    pub comment_edit_minutes: Option<i64>,
    /// After how many days resolved tickets are closed; `null` for never.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 3650)]
    #[serde(default)]
    pub auto_close_days: Given<i64>,
    /// After how many days requesters of pending tickets are reminded; `null` for never.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 3650)]
    #[serde(default)]
    pub pending_reminder_days: Given<i64>,
    /// Where finished tickets are handed to: `http` or `https`, not a private address; an empty one is taken away.
    #[schema(max_length = 2048, example = "https://workflow.example.com/tickets")]
    pub workflow_url: Option<String>,
    /// What messages to it are signed with: `whsec_` and base64, or the key itself; an empty one is taken away.
    #[schema(max_length = 256)]
    pub workflow_secret: Option<String>,
}

impl Choice {
    fn into_command(self, revision: Option<i64>) -> ChangeOrganization {
        let Self {
            name,
            domain,
            time_zone,
            sandbox,
            requires_approval,
            requires_account_approval,
            reopen_days,
            comment_edit_minutes,
            auto_close_days,
            pending_reminder_days,
            workflow_url,
            workflow_secret,
        } = self;
        ChangeOrganization {
            revision,
            name,
            domain,
            time_zone,
            sandbox,
            requires_approval,
            requires_account_approval,
            reopen_days,
            comment_edit_minutes,
            auto_close_days: auto_close_days.0,
            pending_reminder_days: pending_reminder_days.0,
            workflow_url,
            workflow_secret,
        }
    }
}

type Shape = (Organization, Organization);

/// `GET /organizations/current/`: for staff.
pub async fn read(desk: Data<Desk>, caller: Caller, preconditions: Preconditions) -> Answer {
    let view = desk.accounts.organization(&caller.actor).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &preconditions)
}

/// `PUT` and `PATCH /organizations/current/`: for admins.
pub async fn change(desk: Data<Desk>, caller: Caller, preconditions: Preconditions, Body(body): Body<Choice>) -> Answer {
    let current = async |_: &_| {
        let view = desk.accounts.organization(&caller.actor).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    let target = preconditions.target(&caller, caller.actor.organization.into(), current).await?;
    let view = desk.accounts.change_organization(&caller.actor, body.into_command(target.revision)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// Where to move the clock: one of both.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ClockMove {
    /// So many seconds further; up to 100 years in all.
    #[schema(minimum = 1)]
    pub advance_seconds: Option<i64>,
    /// To that time; after the present one.
    pub now: Option<Time>,
}

impl ClockMove {
    fn into_command(self) -> Result<MoveClock, Problem> {
        let too_far = FieldProblem::Other("A sandbox is at most 100 years ahead.");
        match (self.advance_seconds, self.now) {
            (Some(seconds), None) => {
                TimeDelta::try_seconds(seconds).map(MoveClock::By).ok_or_else(|| Problem::field("advance_seconds", too_far))
            }
            (None, Some(now)) => Ok(MoveClock::To(now.0)),
            (Some(_), Some(_)) => Err(Problem::field("now", FieldProblem::Other("Give advance_seconds or now, not both."))),
            (None, None) => Err(Problem::field("advance_seconds", FieldProblem::Required)),
        }
    }
}

/// The time of an organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationClock {
    /// As it is there.
    pub now: DateTime<Utc>,
    /// Whether all that was due by then has happened.
    pub is_caught_up: bool,
}

impl Shows<ClockView> for OrganizationClock {
    fn show(view: &ClockView, _: &Seen<'_>) -> Self {
        let ClockView { now, is_caught_up } = *view;
        Self { now, is_caught_up }
    }
}

/// `GET /organizations/current/clock/`: for staff.
pub async fn clock(desk: Data<Desk>, caller: Caller) -> Answer {
    let view = desk.sandboxes.clock(&caller.actor).await?;
    Ok(HttpResponse::Ok().json(OrganizationClock::show(&view, &caller.seen())))
}

/// `POST /organizations/current/clock/`: moves the time of a sandbox forward; for admins.
pub async fn move_clock(desk: Data<Desk>, caller: Caller, Body(body): Body<ClockMove>) -> Answer {
    let view = desk.sandboxes.move_clock(&caller.actor, body.into_command()?).await?;
    Ok(HttpResponse::Ok().json(OrganizationClock::show(&view, &caller.seen())))
}
