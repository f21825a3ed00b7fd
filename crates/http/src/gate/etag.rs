//! Tags of resources: the same for the same viewer, dialect and state, whatever time it is.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use helpdesk_domain::kernel::id::{Reference, Revision, Target};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::caller::Caller;
use crate::problem::{Answer, Problem};

/// What changes without anybody changing the resource.
const VOLATILE: [&str; 5] = ["time_since_created", "time_remaining_minutes", "last_active_at", "last_used_at", "views"];

/// The preconditions of a request.
#[derive(Clone, Debug, Default)]
pub struct Preconditions {
    if_match: Option<String>,
    if_none_match: Option<String>,
}

impl Preconditions {
    /// What a change is meant for. Where the request says `If-Match`, `current` is asked for the resource's present
    /// body and revision; another tag is refused, and the commit will check the revision.
    pub async fn target<T: Serialize>(
        &self,
        caller: &Caller,
        reference: Reference,
        current: impl AsyncFnOnce(&Reference) -> Result<(T, Revision), Problem>,
    ) -> Result<Target, Problem> {
        let Some(wanted) = &self.if_match else { return Ok(Target { reference, revision: None }) };
        let (body, revision) = current(&reference).await?;
        if names(wanted, &tag(caller, &body)) {
            Ok(Target { reference, revision: Some(revision) })
        } else {
            Err(Problem::stale())
        }
    }

    /// A single resource with its tag, or 304 where the client has it already.
    pub fn answer<T: Serialize>(&self, caller: &Caller, body: &T) -> Answer {
        let tag = tag(caller, body);
        let is_known = self.if_none_match.as_ref().is_some_and(|known| names(&known.replace("W/", ""), &tag));
        let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response.insert_header((ETAG, tag)).insert_header((VARY, "Authorization, X-API-Key, X-API-Dialect, Cookie"));
        Ok(if is_known { response.finish() } else { response.json(body) })
    }
}

/// The strong tag of a body for this viewer.
pub fn tag<T: Serialize>(caller: &Caller, body: &T) -> String {
    let mut value = serde_json::to_value(body).unwrap_or_default();
    still(&mut value);
    let mut digest = Sha256::new();
    digest.update(caller.voice.word());
    digest.update(caller.actor.user.0.as_bytes());
    digest.update(caller.actor.role.word());
    digest.update(value.to_string());
    let digest = digest.finalize();
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..18).unwrap_or_default()))
}

/// Takes out what only time changes.
fn still(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !VOLATILE.contains(&name.as_str()));
            if let Some(Value::Object(sla)) = fields.get_mut("sla_status") {
                sla.remove("status");
            }
            fields.values_mut().for_each(still);
        }
        Value::Array(values) => values.iter_mut().for_each(still),
        _ => {}
    }
}

/// Whether a list of tags has this one. A weak tag is never the strong one (RFC 9110, 8.8.3.2).
fn names(listed: &str, tag: &str) -> bool {
    listed.split(',').map(str::trim).any(|listed| listed == "*" || listed == tag)
}

impl FromRequest for Preconditions {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        ready(Ok(Self { if_match: text(IF_MATCH), if_none_match: text(IF_NONE_MATCH) }))
    }
}
