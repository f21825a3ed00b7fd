//! The pages that links in mails lead to, unless the settings name others.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use actix_web::web::{self, Data, Query};
use helpdesk_domain::mail::{MailKind, PreferenceError};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::Desk;

/// Where a new password is chosen.
pub const RESET_PASSWORD: &str = "/reset-password";

/// Where somebody says which mails to do without. Looking at it changes nothing: mail programs look at links, too.
pub const UNSUBSCRIBE: &str = "/unsubscribe";

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'";

/// Serves them.
pub fn mount(config: &mut web::ServiceConfig) {
    config
        .route(RESET_PASSWORD, web::get().to(async || page(include_str!("reset_password.html"))))
        .route(UNSUBSCRIBE, web::get().to(async || page(include_str!("unsubscribe.html"))))
        .route(UNSUBSCRIBE, web::post().to(unsubscribe))
        .route("/reset-password.js", web::get().to(async || script(include_str!("reset_password.js"))));
}

/// The address of the page is a secret: it is neither kept nor told to others.
fn page(body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body)
}

fn script(body: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("text/javascript; charset=utf-8").body(body)
}

/// What a link to do without a kind of mail carries.
#[derive(Deserialize)]
struct Unsubscription {
    user: String,
    kind: String,
    proof: String,
}

/// `POST /unsubscribe?…`: the button on the page, and what mail programs send of their own (RFC 8058).
async fn unsubscribe(desk: Data<Desk>, link: Option<Query<Unsubscription>>) -> HttpResponse {
    let Some(link) = link else { return said(HttpResponse::BadRequest(), "This link is not complete.") };
    let meant = Uuid::try_parse(&link.user).ok().zip(MailKind::parse(&link.kind));
    let Some((user, kind)) = meant else { return said(HttpResponse::NotFound(), "This link is not good.") };
    match desk.mail_preferences.unsubscribe(user.into(), kind, &link.proof).await {
        Ok(()) => said(HttpResponse::Ok(), "You will get no more mails of this kind."),
        Err(PreferenceError::NotFound) => said(HttpResponse::NotFound(), "This link is not good."),
        Err(PreferenceError::Store(error)) => {
            tracing::error!(%error, "an unsubscription failed");
            said(HttpResponse::ServiceUnavailable(), "That did not work. Try again later.")
        }
    }
}

fn said(mut answer: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    answer.content_type("text/plain; charset=utf-8").insert_header((CACHE_CONTROL, "no-store")).body(text)
}
