//! Spans on their way to a collector: OTLP over HTTP, in protobuf. They are sent in the background, a few hundred together;
//! where the collector does not take them in time they are lost, and nobody waits for them.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use opentelemetry::trace::TracerProvider;
use opentelemetry::{Context, KeyValue, global};
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{BatchSpanProcessor, SdkTracer, SdkTracerProvider, Span, SpanData, SpanProcessor};
use reqwest::{Client, redirect};
use tokio::runtime::Handle;

/// How long the collector may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// As much is read of its answer.
const MOST_BYTES: usize = 64 * 1024;
/// What a span says that found nothing to do.
const IDLE: &str = "idle";

/// Why no spans can be sent.
#[derive(Debug, thiserror::Error)]
pub enum NoTraces {
    /// No requests can be made.
    #[error("no requests can be made")]
    Client(#[from] reqwest::Error),
    /// The address is none.
    #[error("spans cannot be sent there")]
    Exporter(#[from] ExporterBuildError),
}

/// What collects spans and sends them.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends what is collected from now on to the collector at that address (`/v1/traces` is put behind it), as of a service of
    /// that name. The tokio runtime that this is called on carries it.
    pub fn to(endpoint: &str, service: &str) -> Result<Self, NoTraces> {
        let client = Client::builder().redirect(redirect::Policy::none()).connect_timeout(PATIENCE).timeout(PATIENCE).build()?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Carrier { client, runtime: Handle::current() })
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .with_timeout(PATIENCE)
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name(service.to_owned()).with_attribute(version).build();
        let processor = Busy(BatchSpanProcessor::builder(exporter).build());
        global::set_text_map_propagator(TraceContextPropagator::new());
        Ok(Self(SdkTracerProvider::builder().with_span_processor(processor).with_resource(resource).build()))
    }

    /// What begins and ends spans.
    pub fn tracer(&self) -> SdkTracer {
        self.0.tracer("helpdesk")
    }

    /// Sends what is left, if the collector takes it in time.
    pub async fn flush(self) {
        let sent = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(PATIENCE)).await;
        if let Ok(Err(error)) = sent {
            tracing::warn!(%error, "the last spans were not taken");
        }
    }
}

/// Makes the requests on the runtime of the server: spans are sent from a thread that has none.
struct Carrier {
    client: Client,
    runtime: Handle,
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Carrier")
    }
}

#[async_trait]
impl HttpClient for Carrier {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        let client = self.client.clone();
        self.runtime.spawn(async move { send(&client, request).await }).await?
    }
}

async fn send(client: &Client, request: reqwest::Request) -> Result<Response<Bytes>, HttpError> {
    let mut answer = client.execute(request).await?;
    let mut body = BytesMut::new();
    while body.len() < MOST_BYTES
        && let Some(part) = answer.chunk().await?
    {
        body.extend_from_slice(&part);
    }
    let mut response = Response::new(body.freeze());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(response)
}

/// Leaves out spans of those who looked for something to do and found nothing. They have no others below them.
#[derive(Debug)]
struct Busy(BatchSpanProcessor);

impl SpanProcessor for Busy {
    fn on_start(&self, span: &mut Span, context: &Context) {
        self.0.on_start(span, context);
    }

    fn on_end(&self, span: SpanData) {
        if !span.attributes.iter().any(|attribute| attribute.key.as_str() == IDLE) {
            self.0.on_end(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}
