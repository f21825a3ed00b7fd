//! Routing tables: what is served, and, from the same rows, what is described.

use std::future::ready;

use actix_web::guard;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{Handler, HttpMessage, HttpRequest, HttpResponse, Responder, Scope};
use serde_json::Value;
use utoipa::openapi::path::HttpMethod;

use super::Dialect;
use crate::gate::{Params, gate};
use crate::openapi::{Document, Operation};
use crate::problem::{Answer, Problem};
use crate::settings::HttpSettings;

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
        let route = if method == Method::GET {
            web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
        } else {
            web::method(method.clone())
        };
        Self { handler: route.to(handler), method, path, operation }
    }
}

/// The rows under a base, behind the gate of their dialect.
pub fn scope<D: Dialect>(base: Scope, table: Vec<Route>) -> impl actix_web::dev::HttpServiceFactory {
    let mut paths: Vec<(&'static str, Vec<Route>)> = Vec::new();
    for route in table {
        match paths.iter_mut().find(|(path, _)| *path == route.path) {
            Some((_, routes)) => routes.push(route),
            None => paths.push((route.path, vec![route])),
        }
    }
    let scope = paths.into_iter().fold(base, |scope, (path, routes)| {
        let methods: Vec<String> = routes.iter().map(|route| route.method.to_string()).collect();
        let methods = Allowed(methods.join(", "));
        let resource = routes.into_iter().fold(web::resource(path), |resource, route| resource.route(route.handler));
        scope.service(
            resource.default_service(web::route().to(move |request: HttpRequest| ready(not_allowed(&request, methods.clone())))),
        )
    });
    scope.default_service(web::route().to(nothing_here)).wrap(from_fn(gate::<D, _>))
}

/// Describes the rows under a base; `classic` picks the second shape of each reply.
pub fn describe(mut document: Document, base: &str, table: &[Route], classic: bool, public_url: &str) -> Value {
    add(&mut document, base, table, classic);
    serde_json::to_value(document.finish(public_url)).unwrap_or_default()
}

/// Adds the rows under a base to a document.
pub fn add(document: &mut Document, base: &str, table: &[Route], classic: bool) {
    for route in table {
        let path = format!("{base}{}/", route.path);
        document.describe(http_method(&route.method), &path, &route.operation, classic);
    }
}

/// Answers a document, as JSON or (`?format=yaml`) as YAML.
pub fn document(make: impl FnOnce(&Params, &str) -> Value, settings: &Data<HttpSettings>, params: &Params) -> Answer {
    let document = make(params, &settings.public_url);
    if params.get(&["format"]) == Some("yaml") {
        let yaml = serde_yaml_ng::to_string(&document).map_err(|_| Problem::bug())?;
        return Ok(HttpResponse::Ok().content_type("application/yaml").body(yaml));
    }
    Ok(HttpResponse::Ok().json(document))
}

/// What the path does take, for the header `Allow`.
#[derive(Clone)]
pub struct Allowed(pub String);

fn not_allowed(request: &HttpRequest, methods: Allowed) -> Answer {
    request.extensions_mut().insert(methods);
    Err(Problem::method_not_allowed(request.method().as_str()))
}

async fn nothing_here() -> Answer {
    Err(Problem::not_found("Not found."))
}

fn http_method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}
