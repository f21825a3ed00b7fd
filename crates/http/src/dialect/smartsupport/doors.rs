//! `/token/`: getting in as an employee or as an admin, and staying in.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::identity::command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::WORD;
use super::wire::employee::{AdminLogin, EmployeeLogin};
use crate::desk::Desk;
use crate::gate::{Body, Door, Media};
use crate::problem::Answer;

/// Who wants to log in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Credentials {
    /// Address.
    #[schema(required)]
    pub email: Option<String>,
    /// Password.
    #[schema(required)]
    pub password: Option<String>,
}

impl Credentials {
    fn into_command(self, door: command::Door) -> command::Login {
        let Self { email, password } = self;
        command::Login { login: email, password, remember: false, audience: WORD.to_owned(), door }
    }
}

/// A refresh token.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Refresh {
    /// The token.
    #[schema(required)]
    pub refresh: Option<String>,
}

/// Another access token.
#[derive(Debug, Serialize, ToSchema)]
pub struct Access {
    /// To ask with: `Authorization: Bearer`.
    pub access: String,
}

/// `POST /token/employee/`: whoever is not staff.
pub async fn employee(desk: Data<Desk>, media: Media, door: Door, Body(body): Body<Credentials>) -> Answer {
    door.knock(body.email.as_deref()).await?;
    let pair = desk.logins.login(body.into_command(command::Door::Employees)).await?;
    Ok(HttpResponse::Ok().json(EmployeeLogin::new(&pair, &media.seen(Some(&pair.actor)))))
}

/// `POST /token/admin/`: staff.
pub async fn admin(desk: Data<Desk>, door: Door, Body(body): Body<Credentials>) -> Answer {
    door.knock(body.email.as_deref()).await?;
    let pair = desk.logins.login(body.into_command(command::Door::Staff)).await?;
    Ok(HttpResponse::Ok().json(AdminLogin::from(&pair)))
}

/// `POST /token/refresh/`: another access token; the refresh token stays good.
pub async fn refresh(desk: Data<Desk>, door: Door, Body(body): Body<Refresh>) -> Answer {
    door.knock(None).await?;
    let access = desk.logins.renew(body.refresh.as_deref()).await?;
    Ok(HttpResponse::Ok().json(Access { access }))
}
