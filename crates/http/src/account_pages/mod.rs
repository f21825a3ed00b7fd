//! The pages that links in mails lead to, unless the settings name others.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use actix_web::{HttpResponse, web};

/// Where a new password is chosen.
pub const RESET_PASSWORD: &str = "/reset-password";

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'";

/// Serves them.
pub fn mount(config: &mut web::ServiceConfig) {
    config
        .route(RESET_PASSWORD, web::get().to(async || page(include_str!("reset_password.html"))))
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
