//! Whether the program lives, whether it can work, and what it has to say about itself.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{self, Data};
use async_trait::async_trait;
use serde_json::json;

/// What the program knows of its dependencies.
#[async_trait]
pub trait Health: Send + Sync {
    /// Why requests cannot be served, if they can't: the database is out of reach or not migrated.
    async fn trouble(&self) -> Option<String>;
    /// The figures in Prometheus' text format.
    fn metrics(&self) -> String;
}

/// Mounts `/health` (it lives), `/ready` (it can work) and `/metrics`.
pub fn mount(config: &mut web::ServiceConfig) {
    config.route("/health", web::get().to(alive)).route("/ready", web::get().to(ready)).route("/metrics", web::get().to(metrics));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}

async fn ready(health: Data<Arc<dyn Health>>) -> HttpResponse {
    match health.trouble().await {
        None => HttpResponse::Ok().json(json!({ "status": "ready" })),
        Some(reason) => HttpResponse::ServiceUnavailable().json(json!({ "status": "unavailable", "reason": reason })),
    }
}

async fn metrics(health: Data<Arc<dyn Health>>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(health.metrics())
}
