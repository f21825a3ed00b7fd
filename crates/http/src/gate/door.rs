//! The doors where credentials are tried: one limit for all of them, whatever the dialect.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use helpdesk_domain::identity::TokenPair;

use super::limit::Limits;
use super::{Counted, address, cookie};
use crate::problem::Problem;
use crate::settings::HttpSettings;

/// Somebody at a door where credentials are tried. Knocking is counted, whatever comes of it.
pub struct Door {
    request: HttpRequest,
    limits: Data<Limits>,
    settings: Data<HttpSettings>,
}

impl Door {
    /// Counts, and refuses who knocks too often. `account` is whatever the client calls the account it tries.
    pub async fn knock(&self, account: Option<&str>) -> Result<(), Problem> {
        let from = address::peer(&self.request, &self.settings.trusted_proxies);
        let Some(counted) = self.limits.knock(from, account).await else { return Ok(()) };
        self.request.extensions_mut().insert(Counted(counted));
        counted.check().map(|_| ())
    }

    /// Has a browser keep the login as a cookie.
    pub fn remember(&self, answer: &mut HttpResponse, pair: &TokenPair) -> Result<(), Problem> {
        cookie::set(answer, pair, &self.request, &self.settings)
    }

    /// Has a browser forget it.
    pub fn forget(&self, answer: &mut HttpResponse) -> Result<(), Problem> {
        cookie::clear(answer, &self.request, &self.settings)
    }
}

impl FromRequest for Door {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let limits = request.app_data::<Data<Limits>>().cloned();
        let settings = request.app_data::<Data<HttpSettings>>().cloned();
        let door = limits.zip(settings).map(|(limits, settings)| Self { request: request.clone(), limits, settings });
        ready(door.ok_or_else(Problem::bug))
    }
}
