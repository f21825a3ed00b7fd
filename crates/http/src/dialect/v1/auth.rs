//! `/auth/`: getting in, staying in, getting out.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::Actor;

use super::request::account::{Credentials, ForgottenPassword, NewAccount, NewPassword, PasswordChange, Refresh, Token};
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Door, Media};
use crate::problem::{Answer, Problem};

type User = (platform::user::User, classic::user::User);

/// `POST /auth/login/` (001, 003)
pub async fn login(desk: Data<Desk>, media: Media, voice: Voice, door: Door, Body(body): Body<Credentials>) -> Answer {
    door.knock(body.account()).await?;
    let pair = desk.logins.login(body.into_command(voice)).await?;
    let mut answer = HttpResponse::Ok().json(platform::session::Session::new(&pair, &media.seen(Some(&pair.actor))));
    door.remember(&mut answer, &pair)?;
    Ok(answer)
}

/// `POST /auth/token/` (002)
pub async fn token(desk: Data<Desk>, door: Door, Body(body): Body<Credentials>) -> Answer {
    door.knock(body.account()).await?;
    let pair = desk.logins.login(body.into_command(Voice::Classic)).await;
    let pair = pair.map_err(|error| Problem::from(error).calling("email", "username"))?;
    Ok(HttpResponse::Ok().json(classic::session::TokenPair { access: pair.access, refresh: pair.refresh }))
}

/// `POST /auth/refresh/` (001, 003): a new pair; the old refresh token is spent.
pub async fn refresh(desk: Data<Desk>, media: Media, door: Door, Body(body): Body<Refresh>) -> Answer {
    door.knock(None).await?;
    let pair = desk.logins.rotate(body.token()).await?;
    Ok(HttpResponse::Ok().json(platform::session::Session::new(&pair, &media.seen(Some(&pair.actor)))))
}

/// `POST /auth/token/refresh/` (002): another access token; the refresh token stays good.
pub async fn renew(desk: Data<Desk>, door: Door, Body(body): Body<Refresh>) -> Answer {
    door.knock(None).await?;
    let access = desk.logins.renew(body.token()).await;
    let access = access.map_err(|error| Problem::from(error).calling("refresh_token", "refresh"))?;
    Ok(HttpResponse::Ok().json(classic::session::Access { access }))
}

/// `POST /auth/token/verify/` (002)
pub async fn verify(desk: Data<Desk>, door: Door, Body(body): Body<Token>) -> Answer {
    door.knock(None).await?;
    desk.logins.verify(body.token.as_deref()).await?;
    Ok(HttpResponse::Ok().json(classic::session::Verified {}))
}

/// `POST /auth/logout/` (001, 003): the access token, its refresh token and the login end.
pub async fn logout(desk: Data<Desk>, caller: Caller, door: Door, Body(body): Body<Refresh>) -> Answer {
    desk.logins.logout(&caller.actor, body.token()).await?;
    let mut answer = HttpResponse::Ok().json(Message::of("Successfully logged out."));
    door.forget(&mut answer)?;
    Ok(answer)
}

/// `POST /auth/register/` (001, 003)
pub async fn register(desk: Data<Desk>, media: Media, voice: Voice, door: Door, Body(body): Body<NewAccount>) -> Answer {
    door.knock(body.email.as_deref()).await?;
    let user = desk.accounts.register(body.into_registration()).await?;
    Ok(HttpResponse::Created().json(voice.say::<User, _>(&user, &media.seen(None))))
}

/// `GET /auth/me/` (003)
pub async fn me(desk: Data<Desk>, caller: Caller, preconditions: Preconditions) -> Answer {
    let user = desk.accounts.read(&caller.actor, &caller.actor.user.into()).await?;
    caller.found::<User, _>(&user, desk.clock.now(), &preconditions)
}

/// `POST /auth/change-password/`: all logins end.
pub async fn change_password(desk: Data<Desk>, caller: Caller, door: Door, Body(body): Body<PasswordChange>) -> Answer {
    door.knock(Some(&account(&caller.actor))).await?;
    let (current, new) = (body.current_password.as_deref(), body.new_password.as_deref());
    desk.passwords.change(&caller.actor, current, new).await?;
    Ok(HttpResponse::Ok().json(Message::of("Password changed successfully.")))
}

/// `POST /auth/forgot-password/` (001): the answer is the same whether or not anybody has the address.
pub async fn forgot_password(desk: Data<Desk>, door: Door, Body(body): Body<ForgottenPassword>) -> Answer {
    door.knock(body.email.as_deref()).await?;
    desk.passwords.forgot(body.email.as_deref()).await?;
    Ok(HttpResponse::Ok().json(Message::of("If an account has this address, a link to choose a new password is on its way.")))
}

/// `POST /auth/reset-password/` (001): all logins end.
pub async fn reset_password(desk: Data<Desk>, door: Door, Body(body): Body<NewPassword>) -> Answer {
    door.knock(None).await?;
    desk.passwords.reset(&body.into_command()).await?;
    Ok(HttpResponse::Ok().json(Message::of("Password has been reset successfully.")))
}

fn account(actor: &Actor) -> String {
    actor.user.to_string()
}

/// A sentence.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Message {
    /// What came of it.
    pub message: String,
}

impl Message {
    fn of(message: &str) -> Self {
        Self { message: message.to_owned() }
    }
}
