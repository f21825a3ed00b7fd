//! The HTTP server: everything mounted, in front of it what every request passes.

use std::any::Any;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::middleware::{Compress, NormalizePath, from_fn};
#[cfg(target_os = "linux")]
use actix_web::rt::net::TcpStream;
use actix_web::web::Data;
use actix_web::{App, HttpResponse, HttpServer, web};
#[cfg(target_os = "linux")]
use socket2::SockRef;

use crate::account_pages;
use crate::desk::Desk;
use crate::dialect::help::books::Books;
use crate::dialect::{help, media, smartsupport, v1};
use crate::gate::limit::{Limits, SharedLimits};
use crate::gate::log::observe;
use crate::health::{self, Health};
use crate::openapi::pages;
use crate::realtime::Hub;
use crate::settings::HttpSettings;

/// How long running requests may take to finish when the server stops.
const GRACE_SECONDS: u64 = 10;
/// How long somebody may take nothing of what is written to them.
#[cfg(target_os = "linux")]
const STALLED: Duration = Duration::from_mins(1);

/// Serves until it is told to stop (SIGTERM, SIGINT); running requests finish within ten seconds. With `shared` limits
/// several processes count requests together.
pub async fn serve(
    desk: Desk,
    settings: HttpSettings,
    health: Arc<dyn Health>,
    shared: Option<Arc<dyn SharedLimits>>,
    listener: TcpListener,
) -> std::io::Result<()> {
    let limits = Data::new(Limits::new(&settings.rate_limits, shared));
    let books = Data::new(Books::default());
    let hub = Data::new(Hub::new(&desk));
    let (desk, settings, health) = (Data::new(desk), Data::new(settings), Data::new(health));
    let tidied = limits.clone();
    let tidying = actix_web::rt::spawn(async move {
        let mut minutes = tokio::time::interval(Duration::from_mins(1));
        loop {
            minutes.tick().await;
            tidied.tidy();
        }
    });
    let connecting = actix_web::rt::spawn(connect(hub.clone()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(desk.clone())
            .app_data(settings.clone())
            .app_data(health.clone())
            .app_data(limits.clone())
            .app_data(books.clone())
            .app_data(hub.clone())
            .configure(mount)
            .wrap(Compress::default())
            .wrap(cors(&settings))
            .wrap(from_fn(observe))
            .wrap(NormalizePath::trim())
    })
    .client_request_timeout(Duration::from_secs(10))
    .on_connect(|connection, _| give_up_stalled(connection))
    .shutdown_timeout(GRACE_SECONDS)
    .listen(listener)?
    .run()
    .await;
    tidying.abort();
    connecting.abort();
    server
}

/// Has the system end a connection whose other side takes nothing of what is written to it: a websocket, a stream of events
/// or a download would keep what it wants to write for as long as that likes.
#[cfg(target_os = "linux")]
fn give_up_stalled(connection: &dyn Any) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    if let Err(error) = SockRef::from(stream).set_tcp_user_timeout(Some(STALLED)) {
        tracing::debug!(%error, "a connection has no time limit");
    }
}

#[cfg(not(target_os = "linux"))]
fn give_up_stalled(_: &dyn Any) {}

/// Tells who is connected what happens, and asks them to go when the server is told to stop: it would wait for them.
async fn connect(hub: Data<Hub>) {
    tokio::select! {
        () = hub.run() => {}
        () = told_to_stop() => hub.stop(),
    }
}

/// Waits for SIGTERM or SIGINT, which the server acts on too.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminated) = signal(SignalKind::terminate()) else { return std::future::pending().await };
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

/// Everything that is served, for a server or for a test.
pub fn mount(config: &mut web::ServiceConfig) {
    config
        .configure(health::mount)
        .configure(pages::mount)
        .configure(account_pages::mount)
        .service(help::scope())
        .service(v1::scope())
        .service(v1::sockets())
        .service(media::scope::<smartsupport::SmartSupport>())
        // behind the others: their paths begin with its own
        .service(smartsupport::scope())
        .default_service(web::route().to(nothing_here));
}

async fn nothing_here() -> HttpResponse {
    HttpResponse::NotFound().json(serde_json::json!({ "error": "Not found." }))
}

/// Browsers of these origins may call; the credentials are in headers, so no cookies are shared.
fn cors(settings: &HttpSettings) -> Cors {
    let cors = settings.cors_origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin));
    cors.allow_any_method()
        .allow_any_header()
        .expose_headers([
            "ETag",
            "Retry-After",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "X-Request-Id",
        ])
        .supports_credentials()
        .max_age(3600)
}
