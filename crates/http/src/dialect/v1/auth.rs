//! `/auth/`: getting in, staying in, getting out.

use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use helpdesk_domain::kernel::Actor;

use super::request::account::{Credentials, NewAccount, PasswordChange, Refresh, Token};
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::Counted;
use crate::gate::etag::Preconditions;
use crate::gate::limit::Limits;
use crate::gate::{Body, Media, address};
use crate::problem::{Answer, Problem};
use crate::settings::HttpSettings;

type User = (platform::user::User, classic::user::User);

/// Somebody at a door where credentials are tried. Knocking is counted, whatever comes of it.
pub struct Door {
    request: HttpRequest,
    limits: Data<Limits>,
    settings: Data<HttpSettings>,
}

impl Door {
    fn knock(&self, account: Option<&str>) -> Result<(), Problem> {
        let from = address::peer(&self.request, &self.settings.trusted_proxies);
        let Some(counted) = self.limits.knock(from, account) else { return Ok(()) };
        self.request.extensions_mut().insert(Counted(counted));
        counted.check().map(|_| ())
    }
}

impl actix_web::FromRequest for Door {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let limits = request.app_data::<Data<Limits>>().cloned();
        let settings = request.app_data::<Data<HttpSettings>>().cloned();
        let door = limits.zip(settings).map(|(limits, settings)| Self { request: request.clone(), limits, settings });
        std::future::ready(door.ok_or_else(Problem::bug))
    }
}

/// `POST /auth/login/` (001, 003)
pub async fn login(desk: Data<Desk>, media: Media, voice: Voice, door: Door, Body(body): Body<Credentials>) -> Answer {
    door.knock(body.account())?;
    let pair = desk.logins.login(body.into_command(voice)).await?;
    Ok(HttpResponse::Ok().json(platform::session::Session::new(&pair, &media.seen(Some(&pair.actor)))))
}

/// `POST /auth/token/` (002)
pub async fn token(desk: Data<Desk>, door: Door, Body(body): Body<Credentials>) -> Answer {
    door.knock(body.account())?;
    let pair = desk.logins.login(body.into_command(Voice::Classic)).await;
    let pair = pair.map_err(|error| Problem::from(error).calling("email", "username"))?;
    Ok(HttpResponse::Ok().json(classic::session::TokenPair { access: pair.access, refresh: pair.refresh }))
}

/// `POST /auth/refresh/` (001, 003): a new pair; the old refresh token is spent.
pub async fn refresh(desk: Data<Desk>, media: Media, door: Door, Body(body): Body<Refresh>) -> Answer {
    door.knock(None)?;
    let pair = desk.logins.rotate(body.token()).await?;
    Ok(HttpResponse::Ok().json(platform::session::Session::new(&pair, &media.seen(Some(&pair.actor)))))
}

/// `POST /auth/token/refresh/` (002): another access token; the refresh token stays good.
pub async fn renew(desk: Data<Desk>, door: Door, Body(body): Body<Refresh>) -> Answer {
    door.knock(None)?;
    let access = desk.logins.renew(body.token()).await;
    let access = access.map_err(|error| Problem::from(error).calling("refresh_token", "refresh"))?;
    Ok(HttpResponse::Ok().json(classic::session::Access { access }))
}

/// `POST /auth/token/verify/` (002)
pub async fn verify(desk: Data<Desk>, door: Door, Body(body): Body<Token>) -> Answer {
    door.knock(None)?;
    desk.logins.verify(body.token.as_deref()).await?;
    Ok(HttpResponse::Ok().json(classic::session::Verified {}))
}

/// `POST /auth/logout/` (001, 003): the access token, its refresh token and the login end.
pub async fn logout(desk: Data<Desk>, caller: Caller, Body(body): Body<Refresh>) -> Answer {
    desk.logins.logout(&caller.actor, body.token()).await?;
    Ok(HttpResponse::Ok().json(Message::of("Successfully logged out.")))
}

/// `POST /auth/register/` (001, 003)
pub async fn register(desk: Data<Desk>, media: Media, voice: Voice, door: Door, Body(body): Body<NewAccount>) -> Answer {
    door.knock(body.email.as_deref())?;
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
    door.knock(Some(&account(&caller.actor)))?;
    let (current, new) = (body.current_password.as_deref(), body.new_password.as_deref());
    desk.logins.change_password(&caller.actor, current, new).await?;
    Ok(HttpResponse::Ok().json(Message::of("Password changed successfully.")))
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
