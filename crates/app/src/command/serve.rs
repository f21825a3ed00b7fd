//! `helpdesk serve`

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use helpdesk_domain::attachment::Files;
use helpdesk_http::{Health, HttpSettings, SharedLimits};
use helpdesk_persistence::{Store, Turn};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::task::{JoinHandle, LocalSet};
use tracing::{error, info, warn};

use crate::failure::{Failure, Result};
use crate::settings::Settings;
use crate::wire::Installation;
use crate::worker::TogetherLimits;
use crate::{demo, telemetry, worker};

/// After which a request is given up.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// After which an upload is given up: ten files of 25 MB over a line of 4 Mbit/s take less.
const UPLOAD_TIMEOUT: Duration = Duration::from_mins(10);
/// Most bytes of a JSON body.
const JSON_LIMIT: usize = 1024 * 1024;
/// How often what has had its time is removed.
const SWEEP: Duration = Duration::from_hours(1);

/// Serves until it is told to stop; the last spans are sent when everything else has ended.
pub async fn serve(settings: Settings) -> Result<()> {
    let traces = telemetry::trace(settings.collector.as_ref())?;
    telemetry::log(&settings.log, traces.as_ref())?;
    let served = Box::pin(run(settings)).await;
    if let Some(traces) = traces {
        traces.flush().await;
    }
    served
}

/// Runs pending migrations and serves.
async fn run(settings: Settings) -> Result<()> {
    let figures = telemetry::count()?;
    allow_connections();
    let installation = Installation::open(&settings).await?;
    super::migrate::update(&installation.store).await?;
    let founding = async {
        let is_demo = settings.demo && welcome(&settings).await?;
        installation.ensure_default_organization(&settings).await.map(|()| is_demo)
    };
    let is_demo = installation.store.by_turns(Turn::Founding, Box::pin(founding)).await??;

    let listener = listen(&settings)?;
    let port = listener.local_addr().map_err(|error| Failure::because("The port cannot be told", &error))?.port();
    let http = http_settings(&settings, port);
    announce(&http.public_url, settings.demo, is_demo);

    let health: Arc<dyn Health> = Arc::new(Condition { store: installation.store.clone(), figures: figures.clone() });
    let desk = installation.desk(&settings, &http.public_url)?;
    desk.sandboxes.times.moved().await?;
    let redis = installation.redis(&settings)?;
    let relay = worker::relay(&installation, redis.clone());
    let shared = redis.map(|redis| Arc::new(TogetherLimits(redis)) as Arc<dyn SharedLimits>);
    let workers = [tokio::spawn(sweep(installation.clone(), desk.files.clone())), upkeep(figures), relay];
    let mail = worker::write_and_send(&installation, installation.post(&settings, &http.public_url)?).await?;
    let deliveries = worker::bring(&installation, installation.courier(&settings)?).await?;
    let notifications = worker::notify(&installation);
    let rules = worker::automate(&installation);
    let views = worker::write_views(&installation);
    let clocks = worker::watch_clocks(&installation);
    let routing = worker::route(&installation);
    let days = worker::count_days(installation.store.clone());
    let serving = helpdesk_http::serve(desk, http, health, shared, listener);
    // The server spawns tasks on the thread that it was started from.
    let served = LocalSet::new().run_until(Box::pin(serving)).await;
    workers.iter().for_each(JoinHandle::abort);
    tokio::join!(mail.stop(), notifications.stop(), rules.stop(), deliveries.stop(), days.stop(), clocks.stop());
    tokio::join!(views.stop(), routing.stop());
    served.map_err(|error| Failure::because("Serving failed", &error))
}

/// Fills an empty database with the demo data.
async fn welcome(settings: &Settings) -> Result<bool> {
    let filled = demo::fill(settings).await?;
    if !settings.server.is_private() {
        warn!("HELPDESK_DEMO: OTHERS CAN REACH THIS SERVER, AND EVERYBODY KNOWS THE PASSWORDS OF THE DEMO DATA");
        eprintln!(
            "WARNING: HELPDESK_DEMO is on and {} is not this machine alone. Everybody knows the passwords.",
            settings.server.host
        );
    }
    Ok(filled)
}

fn listen(settings: &Settings) -> Result<TcpListener> {
    let (host, port) = (settings.server.host.as_str(), settings.server.port);
    let tried = format!("HOST and PORT ({host}:{port}) cannot be listened on");
    TcpListener::bind((host, port)).map_err(|error| Failure::because(&tried, &error))
}

fn http_settings(settings: &Settings, port: u16) -> HttpSettings {
    HttpSettings {
        public_url: settings.server.public_url(port),
        cors_origins: settings.server.cors_origins.clone(),
        trusted_proxies: settings.server.trusted_proxies.clone(),
        rate_limits: settings.rate_limits,
        request_timeout: REQUEST_TIMEOUT,
        upload_timeout: UPLOAD_TIMEOUT,
        json_limit: JSON_LIMIT,
    }
}

fn announce(url: &str, demo: bool, is_new: bool) {
    println!("Helpdesk serves on {url}");
    println!("Documentation:     {url}/docs (API reference: {url}/redoc)");
    if demo {
        println!("Sample logins{}:", if is_new { " (the demo data has just been made)" } else { "" });
        for sample in &demo::PEOPLE {
            println!("  {:<26} {:<16} {}, {}", sample.email, sample.password, sample.role.word(), sample.organization);
        }
    }
    info!(%url, "serving");
}

/// Removes what has had its time, now and every hour.
async fn sweep(installation: Installation, files: Files) {
    let mut hours = tokio::time::interval(SWEEP);
    loop {
        hours.tick().await;
        match installation.store.sweep(installation.real_clock.now()).await {
            Ok(swept) => info!(?swept, "swept"),
            Err(failure) => error!(%failure, "sweeping failed"),
        }
        match files.sweep(installation.real_clock.now()).await {
            Ok(0) => {}
            Ok(objects) => info!(objects, "swept the contents of files"),
            Err(failure) => error!(%failure, "sweeping the contents of files failed"),
        }
    }
}

/// As many connections may be open as the system lets this process have.
fn allow_connections() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(files) => info!(files, "open files and connections at most"),
        Err(error) => warn!(%error, "the limit of open files stays as it is"),
    }
}

/// Keeps the figures small.
fn upkeep(figures: PrometheusHandle) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut seconds = tokio::time::interval(Duration::from_secs(5));
        loop {
            seconds.tick().await;
            figures.run_upkeep();
        }
    })
}

/// What the server says of itself.
struct Condition {
    store: Store,
    figures: PrometheusHandle,
}

#[async_trait]
impl Health for Condition {
    async fn trouble(&self) -> Option<String> {
        match self.store.pending_migrations().await {
            Ok(0) => None,
            Ok(pending) => Some(format!("{pending} migrations have not run")),
            Err(_) => Some("the database does not answer".to_owned()),
        }
    }

    fn metrics(&self) -> String {
        let (open, idle) = self.store.connections();
        metrics::gauge!("database_connections").set(f64::from(open));
        metrics::gauge!("database_connections_idle").set(f64::from(u32::try_from(idle).unwrap_or(u32::MAX)));
        self.figures.render()
    }
}
