//! The session cookie, and the token that proves that a page of ours sent it.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, ORIGIN};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use helpdesk_domain::identity::TokenPair;

use super::SOCKETS;
use super::address;
use super::path::routed;
use crate::problem::Problem;
use crate::settings::HttpSettings;

/// The credential.
pub const SESSION: &str = "sessionid";
/// What an unsafe request says again in `X-CSRFToken`.
const CSRF: &str = "csrftoken";

/// Sets both cookies beside the answer to a login.
pub fn set(answer: &mut HttpResponse, pair: &TokenPair, request: &HttpRequest, settings: &HttpSettings) -> Result<(), Problem> {
    let secure = is_secure(request, settings);
    let seconds = Duration::seconds(pair.session_seconds);
    let session = cookie(SESSION, &pair.cookie, secure, true, seconds);
    let csrf = cookie(CSRF, &pair.csrf, secure, false, seconds);
    for cookie in [session, csrf] {
        answer.add_cookie(&cookie).map_err(|_| Problem::bug())?;
    }
    Ok(())
}

/// Takes both cookies away.
pub fn clear(answer: &mut HttpResponse, request: &HttpRequest, settings: &HttpSettings) -> Result<(), Problem> {
    let secure = is_secure(request, settings);
    for (name, http_only) in [(SESSION, true), (CSRF, false)] {
        let cookie = cookie(name, "", secure, http_only, Duration::ZERO);
        answer.add_cookie(&cookie).map_err(|_| Problem::bug())?;
    }
    Ok(())
}

fn cookie(name: &'static str, value: &str, secure: bool, http_only: bool, lasting: Duration) -> Cookie<'static> {
    Cookie::build(name, value.to_owned())
        .path("/")
        .same_site(SameSite::Lax)
        .secure(secure)
        .http_only(http_only)
        .max_age(lasting)
        .finish()
}

/// Whether the client came by HTTPS: as the settings say, or the proxy that we trust.
fn is_secure(request: &HttpRequest, settings: &HttpSettings) -> bool {
    settings.public_url.starts_with("https://") || address::forwarded_proto(request, &settings.trusted_proxies) == Some("https")
}

/// The session cookie of a request.
pub fn session(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all("cookie").filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION).map(|(_, value)| value.trim_matches('"')).filter(|value| !value.is_empty())
}

/// Refuses a websocket that a page of somebody else opens: browsers send the cookie there too, and let the page read.
pub fn check_origin(request: &ServiceRequest) -> Result<(), Problem> {
    let Some(origin) = request.headers().get(ORIGIN).filter(|_| routed(request).starts_with(SOCKETS)) else { return Ok(()) };
    let settings = request.app_data::<Data<HttpSettings>>().ok_or_else(Problem::bug)?;
    let origin = origin.to_str().unwrap_or_default();
    let mut known = settings.cors_origins.iter().map(String::as_str).chain([origin_of(&settings.public_url)]);
    let is_known = known.any(|known| known.eq_ignore_ascii_case(origin));
    if is_known { Ok(()) } else { Err(Problem::forbidden("A websocket of this origin needs a token or a ticket.")) }
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> &str {
    let path = url.match_indices('/').nth(2).map_or(url.len(), |(at, _)| at);
    url.get(..path).unwrap_or(url)
}

/// Refuses an unsafe request that does not say the login's token in `X-CSRFToken`: a page of somebody else sends the
/// cookie, but cannot read it.
pub fn check(method: &Method, headers: &HeaderMap, csrf: &str) -> Result<(), Problem> {
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
    let said = headers.get("x-csrftoken").and_then(|value| value.to_str().ok());
    if is_safe || said == Some(csrf) { Ok(()) } else { Err(Problem::forbidden("CSRF token missing or incorrect.")) }
}
