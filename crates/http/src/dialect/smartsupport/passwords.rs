//! `/employee/…-password/`: changing a password, and choosing another one without it.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::identity::command::ResetPassword;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Caller;
use super::wire::Detail;
use crate::desk::Desk;
use crate::gate::reference::from_uidb64;
use crate::gate::{Body, Door};
use crate::problem::Answer;

/// Another password.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The present one.
    #[schema(required)]
    pub current_password: Option<String>,
    /// The next one; 8 characters to 72 bytes.
    #[schema(required, min_length = 8, max_length = 72)]
    pub new_password: Option<String>,
}

/// A password to try.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PasswordCheck {
    /// The present one.
    #[schema(required)]
    pub current_password: Option<String>,
}

/// Who forgot the password.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Forgetful {
    /// Address.
    #[schema(required)]
    pub email: Option<String>,
}

/// What a link carries, and the next password.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PasswordReset {
    /// Checked when given.
    pub uidb64: Option<String>,
    /// Good once.
    #[schema(required)]
    pub token: Option<String>,
    /// 8 characters to 72 bytes.
    #[schema(required, min_length = 8, max_length = 72)]
    pub new_password: Option<String>,
}

fn said(detail: &'static str) -> HttpResponse {
    HttpResponse::Ok().json(Detail { detail })
}

/// `POST /employee/change-password/`: all logins end.
pub async fn change(desk: Data<Desk>, caller: Caller, door: Door, Body(body): Body<PasswordChange>) -> Answer {
    door.knock(Some(&caller.actor.user.to_string())).await?;
    let (current, new) = (body.current_password.as_deref(), body.new_password.as_deref());
    desk.passwords.change(&caller.actor, current, new).await?;
    Ok(said("Password changed successfully."))
}

/// `POST /employee/check-password/`
pub async fn check(desk: Data<Desk>, caller: Caller, door: Door, Body(body): Body<PasswordCheck>) -> Answer {
    door.knock(Some(&caller.actor.user.to_string())).await?;
    desk.passwords.check(&caller.actor, body.current_password.as_deref()).await?;
    Ok(said("Password correct."))
}

/// `POST /employee/forgot-password/`: the answer is the same whether or not anybody has the address.
pub async fn forgot(desk: Data<Desk>, door: Door, Body(body): Body<Forgetful>) -> Answer {
    door.knock(body.email.as_deref()).await?;
    desk.passwords.forgot(body.email.as_deref()).await?;
    Ok(said("Password reset link sent."))
}

/// `POST /employee/reset-password/`: all logins end.
pub async fn reset(desk: Data<Desk>, door: Door, Body(body): Body<PasswordReset>) -> Answer {
    door.knock(None).await?;
    let user = body.uidb64.as_deref().map(from_uidb64);
    desk.passwords.reset(&ResetPassword { user, token: body.token, new_password: body.new_password }).await?;
    Ok(said("Password reset successful."))
}
