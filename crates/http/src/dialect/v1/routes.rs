//! Everything under `/api/v1`, served and described.

use actix_web::web::{self, Data};
use actix_web::{HttpResponse, Scope};

use super::shape::{SerialId, Uid, settle};
use super::{Voice, classic, platform, table};
use crate::dialect::route;
use crate::gate::Params;
use crate::openapi::{Described, Document, collection};
use crate::problem::Answer;
use crate::settings::HttpSettings;

const BASE: &str = "/api/v1";
/// Where the websockets are (seed 002).
const SOCKETS: &str = "/ws";

/// Everything under `/api/v1`, behind its gate.
pub fn scope() -> impl actix_web::dev::HttpServiceFactory {
    let base = Scope::new(BASE).route("/schema", web::get().to(schema)).route("/postman", web::get().to(postman));
    route::scope::<Voice>(base, table::table())
}

/// The websockets, behind the same gate.
pub fn sockets() -> impl actix_web::dev::HttpServiceFactory {
    route::scope::<Voice>(Scope::new(SOCKETS), table::sockets())
}

/// The `OpenAPI` document of one voice.
pub fn document(voice: Voice, public_url: &str) -> serde_json::Value {
    let is_classic = voice == Voice::Classic;
    let (title, about, refusal) = if is_classic {
        ("Helpdesk API, classic", CLASSIC, Described::of::<classic::Refusal>())
    } else {
        ("Helpdesk API, platform", PLATFORM, Described::of::<platform::Refusal>())
    };
    let mut document = Document::new(title, about, refusal);
    route::add(&mut document, SOCKETS, &table::sockets(), is_classic);
    let mut document = route::describe(document, BASE, &table::table(), is_classic, public_url);
    match voice {
        Voice::Platform => settle::<Uid>(&mut document),
        Voice::Classic => settle::<SerialId>(&mut document),
    }
    document
}

const PLATFORM: &str = "Tickets, people and what belongs to them. Ids are UUIDs (integers are understood too); a slash at the end of a path is \
optional. `X-API-Dialect: classic` asks for the other dialect of the same paths. POST takes an `Idempotency-Key`; single resources have \
an `ETag`, changes take `If-Match`. Lists take `page` and `page_size` (at most 100), or `cursor=` to walk any number of rows.";
const CLASSIC: &str = "Tickets, people and what belongs to them, for clients that log in at `/api/v1/auth/token/` or say \
`X-API-Dialect: classic`. Ids are integers (UUIDs are understood too); a slash at the end of a path is optional.";

fn asked(params: &Params) -> Voice {
    if params.get(&["dialect"]) == Some("classic") { Voice::Classic } else { Voice::Platform }
}

/// `GET /schema/?dialect=&format=`
async fn schema(settings: Data<HttpSettings>, params: Params) -> Answer {
    route::document(|params, url| document(asked(params), url), &settings, &params)
}

/// `GET /postman/?dialect=`
async fn postman(settings: Data<HttpSettings>, params: Params) -> Answer {
    Ok(HttpResponse::Ok().json(collection(&document(asked(&params), &settings.public_url))))
}
