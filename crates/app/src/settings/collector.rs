//! Who collects spans.

use super::reading::Reading;

/// An OpenTelemetry collector.
#[derive(Debug)]
pub struct Collector {
    /// Its address, for OTLP over HTTP; `/v1/traces` is put behind it.
    pub endpoint: String,
    /// What this service is called there.
    pub service: String,
}

impl Collector {
    pub(super) fn read(reading: &mut Reading) -> Option<Self> {
        let service = reading.text("OTEL_SERVICE_NAME").unwrap_or_else(|| "helpdesk".to_owned());
        let endpoint = reading.url("OTEL_EXPORTER_OTLP_ENDPOINT", &["http://", "https://"])?;
        Some(Self { endpoint, service })
    }
}
