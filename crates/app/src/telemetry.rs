//! Logs, figures and spans.

use std::io::IsTerminal;

use helpdesk_outbound::Traces;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::Metadata;
use tracing_subscriber::filter::{FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, registry};

use crate::failure::{Failure, Result};
use crate::settings::{Collector, Log, LogFormat};

/// What is logged unless `RUST_LOG` says otherwise.
const USUAL: &str = "info,sqlx=warn,sea_orm_migration=warn";

/// Begins to log, to standard error; and to collect spans, where there is somebody who takes them.
pub fn log(log: &Log, traces: Option<&Traces>) -> Result<()> {
    let filter = log.filter.as_deref().unwrap_or(USUAL);
    let filter = EnvFilter::try_new(filter).map_err(|error| Failure::because("RUST_LOG cannot be understood", &error))?;
    let usual = if std::io::stderr().is_terminal() { LogFormat::Pretty } else { LogFormat::Json };
    let lines = layer().with_writer(std::io::stderr);
    let lines = match log.format.unwrap_or(usual) {
        LogFormat::Pretty => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
    };
    let others = filter_fn(|metadata| !is_ours(metadata)).with_max_level_hint(LevelFilter::TRACE);
    // a list, since with an absent layer beside it everything that the filters decline would be made all the same
    let mut layers = vec![lines.with_filter(filter.and(others)).boxed()];
    layers.extend(traces.map(spans));
    let started = registry().with(layers).try_init();
    started.map_err(|error| Failure::because("Logging cannot begin", &error))
}

/// Hands spans over to be sent; nothing that is logged goes with them.
fn spans(traces: &Traces) -> Box<dyn Layer<Registry> + Send + Sync> {
    let ours = filter_fn(is_ours).with_max_level_hint(LevelFilter::INFO);
    let spans = tracing_opentelemetry::layer().with_tracer(traces.tracer());
    spans.with_location(false).with_threads(false).with_target(false).with_filter(ours).boxed()
}

/// Whether it is a span of this program: those are for who collects them, and for no line of the log.
fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target().starts_with("helpdesk")
}

/// Begins to send spans, where there is a collector.
pub fn trace(collector: Option<&Collector>) -> Result<Option<Traces>> {
    let traces = collector.map(|Collector { endpoint, service }| Traces::to(endpoint, service)).transpose();
    traces.map_err(|error| Failure::because("Spans cannot be sent (OTEL_EXPORTER_OTLP_ENDPOINT)", &error))
}

/// Figures that are told before anything has happened, so that nobody takes nothing for a fault.
const COUNTERS: [&str; 2] = ["sla_warnings_total", "sla_breaches_total"];
const GAUGES: [&str; 4] = ["mail_queue_depth", "delivery_queue_depth", "websocket_connections", "event_stream_connections"];

/// Begins to count; the handle renders the figures for Prometheus.
pub fn count() -> Result<PrometheusHandle> {
    let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
    let builder = PrometheusBuilder::new().set_buckets(&seconds);
    let installed = builder.and_then(PrometheusBuilder::install_recorder);
    let figures = installed.map_err(|error| Failure::because("Figures cannot be kept", &error))?;
    COUNTERS.into_iter().for_each(|name| metrics::counter!(name).increment(0));
    GAUGES.into_iter().for_each(|name| metrics::gauge!(name).set(0.0));
    Ok(figures)
}
