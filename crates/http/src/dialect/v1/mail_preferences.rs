//! `/users/me/mail-preferences/`: which mails the caller wants.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::mail::MailKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::Body;
use crate::problem::Answer;

/// Of each kind of mail, whether the caller wants it.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "a switch for each kind of mail")]
pub struct MailPreferences {
    /// One's ticket has arrived.
    pub ticket_created: bool,
    /// One's ticket moved on.
    pub status_changed: bool,
    /// Somebody answered on a ticket.
    pub new_reply: bool,
    /// One has got a ticket to work on.
    pub assigned: bool,
}

/// Changes to them; absent ones stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct MailPreferencesChange {
    /// One's ticket has arrived.
    pub ticket_created: Option<bool>,
    /// One's ticket moved on.
    pub status_changed: Option<bool>,
    /// Somebody answered on a ticket.
    pub new_reply: Option<bool>,
    /// One has got a ticket to work on.
    pub assigned: Option<bool>,
}

/// `GET /users/me/mail-preferences/`
pub async fn read(desk: Data<Desk>, caller: Caller) -> Answer {
    Ok(HttpResponse::Ok().json(shown(&desk.mail_preferences.read(&caller.actor).await?)))
}

/// `PATCH /users/me/mail-preferences/`
pub async fn change(desk: Data<Desk>, caller: Caller, Body(body): Body<MailPreferencesChange>) -> Answer {
    let MailPreferencesChange { ticket_created, status_changed, new_reply, assigned } = body;
    let given = [
        (MailKind::TicketCreated, ticket_created),
        (MailKind::StatusChanged, status_changed),
        (MailKind::NewReply, new_reply),
        (MailKind::Assigned, assigned),
    ];
    let wanted = given.into_iter().filter_map(|(kind, wanted)| Some((kind, wanted?))).collect();
    Ok(HttpResponse::Ok().json(shown(&desk.mail_preferences.change(&caller.actor, &wanted).await?)))
}

fn shown(wanted: &BTreeMap<MailKind, bool>) -> MailPreferences {
    let wants = |kind| wanted.get(&kind).copied().unwrap_or(true);
    MailPreferences {
        ticket_created: wants(MailKind::TicketCreated),
        status_changed: wants(MailKind::StatusChanged),
        new_reply: wants(MailKind::NewReply),
        assigned: wants(MailKind::Assigned),
    }
}
