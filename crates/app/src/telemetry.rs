//! Logs and figures.

use std::io::IsTerminal;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::failure::{Failure, Result};
use crate::settings::{Log, LogFormat};

/// What is logged unless `RUST_LOG` says otherwise.
const USUAL: &str = "info,sqlx=warn,sea_orm_migration=warn";

/// Begins to log, to standard error.
pub fn log(log: &Log) -> Result<()> {
    let filter = log.filter.as_deref().unwrap_or(USUAL);
    let filter = EnvFilter::try_new(filter).map_err(|error| Failure::because("RUST_LOG cannot be understood", &error))?;
    let usual = if std::io::stderr().is_terminal() { LogFormat::Pretty } else { LogFormat::Json };
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match log.format.unwrap_or(usual) {
        LogFormat::Pretty => subscriber.with_ansi(std::io::stderr().is_terminal()).finish().try_init(),
        LogFormat::Json => {
            subscriber.json().flatten_event(true).with_current_span(true).with_span_list(false).finish().try_init()
        }
    };
    started.map_err(|error| Failure::because("Logging cannot begin", &error))
}

/// Begins to count; the handle renders the figures for Prometheus.
pub fn count() -> Result<PrometheusHandle> {
    let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
    let builder = PrometheusBuilder::new().set_buckets(&seconds);
    builder.and_then(PrometheusBuilder::install_recorder).map_err(|error| Failure::because("Figures cannot be kept", &error))
}
