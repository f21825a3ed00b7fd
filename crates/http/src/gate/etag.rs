//! Tags of resources: the same for the same viewer, dialect and state, whatever time it is.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use helpdesk_domain::kernel::Actor;
use helpdesk_domain::kernel::id::{Reference, Revision, Target};
use serde::Serialize;
use twox_hash::XxHash3_128;

use super::caller::{Caller, Visitor};
use super::still::still;
use crate::dialect::Dialect;
use crate::problem::{Answer, Problem};

/// Who sees a thing, and in which dialect.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    dialect: &'static str,
    actor: Option<&'a Actor>,
}

impl<'a, D: Dialect> From<&'a Caller<D>> for Viewer<'a> {
    fn from(caller: &'a Caller<D>) -> Self {
        Self { dialect: caller.voice.word(), actor: Some(&caller.actor) }
    }
}

impl<'a, D: Dialect> From<&'a Visitor<D>> for Viewer<'a> {
    fn from(visitor: &'a Visitor<D>) -> Self {
        Self { dialect: visitor.voice.word(), actor: visitor.actor.as_ref() }
    }
}

/// The preconditions of a request.
#[derive(Clone, Debug, Default)]
pub struct Preconditions {
    if_match: Option<String>,
    if_none_match: Option<String>,
}

impl Preconditions {
    /// What a change is meant for. Where the request says `If-Match`, `current` is asked for the resource's present
    /// body and revision; another tag is refused, and the commit will check the revision.
    pub async fn target<'a, T: Serialize>(
        &self,
        viewer: impl Into<Viewer<'a>>,
        reference: Reference,
        current: impl AsyncFnOnce(&Reference) -> Result<(T, Revision), Problem>,
    ) -> Result<Target, Problem> {
        let Some(wanted) = &self.if_match else { return Ok(Target { reference, revision: None }) };
        let (body, revision) = current(&reference).await?;
        if names(wanted, &tag(viewer, &body)) {
            Ok(Target { reference, revision: Some(revision) })
        } else {
            Err(Problem::stale())
        }
    }

    /// A single resource with its tag, or 304 where the client has it already.
    pub fn answer<'a, T: Serialize>(&self, viewer: impl Into<Viewer<'a>>, body: &T) -> Answer {
        let tag = tag(viewer, body);
        let is_known = self.if_none_match.as_ref().is_some_and(|known| names(&known.replace("W/", ""), &tag));
        let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response.insert_header((ETAG, tag)).insert_header((VARY, "Authorization, X-API-Key, X-API-Dialect, Cookie"));
        Ok(if is_known { response.finish() } else { response.json(body) })
    }
}

/// The strong tag of a body for this viewer.
pub fn tag<'a, T: Serialize>(viewer: impl Into<Viewer<'a>>, body: &T) -> String {
    let Viewer { dialect, actor } = viewer.into();
    let mut seen = still(body);
    seen.extend_from_slice(dialect.as_bytes());
    if let Some(actor) = actor {
        seen.extend_from_slice(actor.user.0.as_bytes());
        seen.extend_from_slice(actor.role.word().as_bytes());
    }
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(XxHash3_128::oneshot(&seen).to_be_bytes()))
}

/// Whether a list of tags has this one. A weak tag is never the strong one (RFC 9110, 8.8.3.2).
fn names(listed: &str, tag: &str) -> bool {
    listed.split(',').map(str::trim).any(|listed| listed == "*" || listed == tag)
}

impl FromRequest for Preconditions {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // what is no text is a tag too, of nothing that is here
        let text = |name| request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        ready(Ok(Self { if_match: text(IF_MATCH), if_none_match: text(IF_NONE_MATCH) }))
    }
}
