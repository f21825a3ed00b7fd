//! The routing table of `/api/v1`: what is served, and, from the same rows, what is described.

use std::future::ready;

use actix_web::http::Method;
use actix_web::web::{self, Data};
use actix_web::{Handler, HttpMessage, HttpRequest, HttpResponse, Responder, Scope};
use utoipa::openapi::path::HttpMethod;

use super::gate::{Allowed, gate};
use super::{classic, platform, table};
use crate::gate::{Params, Voice};
use crate::openapi::{Described, Document, Operation, collection};
use crate::problem::{Answer, Problem};
use crate::settings::HttpSettings;

const BASE: &str = "/api/v1";

/// One row: where, who, and what it takes and answers.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path behind the base, without a slash at its end.
    pub path: &'static str,
    /// What it takes and answers.
    pub operation: Operation,
    handler: actix_web::Route,
}

impl Route {
    /// A row.
    pub fn new<F, Args>(method: Method, path: &'static str, handler: F, operation: Operation) -> Self
    where
        F: Handler<Args>,
        Args: actix_web::FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let operation = operation.at(path);
        Self { handler: web::method(method.clone()).to(handler), method, path, operation }
    }
}

/// Everything under `/api/v1`, behind its gate.
pub fn scope() -> impl actix_web::dev::HttpServiceFactory {
    let mut paths: Vec<(&'static str, Vec<Route>)> = Vec::new();
    for route in table::table() {
        match paths.iter_mut().find(|(path, _)| *path == route.path) {
            Some((_, routes)) => routes.push(route),
            None => paths.push((route.path, vec![route])),
        }
    }
    let base = Scope::new(BASE).route("/schema", web::get().to(schema)).route("/postman", web::get().to(postman));
    let scope = paths.into_iter().fold(base, |scope, (path, routes)| {
        let allowed = routes.iter().map(|route| route.method.as_str()).collect::<Vec<_>>().join(", ");
        let resource = routes.into_iter().fold(web::resource(path), |resource, route| resource.route(route.handler));
        scope.service(resource.default_service(web::route().to(move |request| ready(not_allowed(&request, &allowed)))))
    });
    scope.default_service(web::route().to(nothing_here)).wrap(actix_web::middleware::from_fn(gate))
}

fn not_allowed(request: &HttpRequest, allowed: &str) -> Answer {
    request.extensions_mut().insert(Allowed(allowed.to_owned()));
    Err(Problem::method_not_allowed(request.method().as_str()))
}

async fn nothing_here() -> Answer {
    Err(Problem::not_found("Not found."))
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
    for route in table::table() {
        let path = format!("{BASE}{}/", route.path);
        document.describe(http_method(&route.method), &path, &route.operation, is_classic);
    }
    serde_json::to_value(document.finish(public_url)).unwrap_or_default()
}

const PLATFORM: &str = "Tickets, people and what belongs to them. Ids are UUIDs (integers are understood too); a slash at the end of a path is \
optional. `X-API-Dialect: classic` asks for the other dialect of the same paths. POST takes an `Idempotency-Key`; single resources have \
an `ETag`, changes take `If-Match`. Lists take `page` and `page_size` (at most 100), or `cursor=` to walk any number of rows.";
const CLASSIC: &str = "Tickets, people and what belongs to them, for clients that log in at `/api/v1/auth/token/` or say \
`X-API-Dialect: classic`. Ids are integers (UUIDs are understood too); a slash at the end of a path is optional.";

fn http_method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

fn asked(params: &Params) -> Voice {
    if params.get(&["dialect"]) == Some("classic") { Voice::Classic } else { Voice::Platform }
}

/// `GET /schema/?dialect=&format=`
async fn schema(settings: Data<HttpSettings>, params: Params) -> Answer {
    let document = document(asked(&params), &settings.public_url);
    if params.get(&["format"]) == Some("yaml") {
        let yaml = serde_yaml_ng::to_string(&document).map_err(|_| Problem::bug())?;
        return Ok(HttpResponse::Ok().content_type("application/yaml").body(yaml));
    }
    Ok(HttpResponse::Ok().json(document))
}

/// `GET /postman/?dialect=`
async fn postman(settings: Data<HttpSettings>, params: Params) -> Answer {
    Ok(HttpResponse::Ok().json(collection(&document(asked(&params), &settings.public_url))))
}
