//! Spans for a collector, and figures.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::json;

use crate::desk::{Home, expect};
use crate::webhook::{Receiver, Told};

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

fn collector(at: &Receiver) -> [(&'static str, String); 2] {
    let endpoint = format!("http://127.0.0.1:{}", at.port);
    [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_SERVICE_NAME", "desk-under-test".to_owned())]
}

fn says(told: &[Told], what: &[u8]) -> bool {
    told.iter().any(|told| told.bytes.windows(what.len()).any(|bytes| bytes == what))
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_is_told_of_each_request_below_its_callers_span_and_of_no_secret() {
    let (home, receiver) = (Home::on_sqlite(), Receiver::start());
    let desk = home.serve_with(&collector(&receiver));
    let customer = desk.customer().await;
    let ticket = json!({ "title": "A title that is nobody's business", "description": "x" });
    let asked = customer.post("/api/v1/tickets/?hidden=in-the-query", &ticket).header("traceparent", PARENT);
    let ticket = expect(asked.header("X-Request-Id", "req-of-this-test").send().await.unwrap(), StatusCode::CREATED).await;
    let id = ticket["id"].as_str().unwrap();
    customer.get(&format!("/api/v1/tickets/{id}/")).await;
    desk.ask_to_stop();
    assert!(desk.stopped().success());

    let told = receiver.has(1);
    assert!(told[0].start.starts_with("POST /v1/traces "), "{}", told[0].start);
    assert_eq!(told[0].header("content-type"), "application/x-protobuf");
    let names = ["POST /api/v1/tickets", "GET /api/v1/tickets/{id}", "commit", "write notifications"];
    for there in names.iter().chain(&["desk-under-test", "req-of-this-test"]) {
        assert!(says(&told, there.as_bytes()), "{there}");
    }
    let parts: Vec<&str> = PARENT.split('-').collect();
    assert!(says(&told, &bytes(parts[1])) && says(&told, &bytes(parts[2])));
    for untold in ["hidden", "in-the-query", "nobody's business", customer.token.as_str(), "customer123", id] {
        assert!(!says(&told, untold.as_bytes()), "{untold}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_never_answers_keeps_nobody_waiting() {
    let (home, receiver) = (Home::on_sqlite(), Receiver::start());
    receiver.answers("");
    let desk = home.serve_with(&collector(&receiver));
    let customer = desk.customer().await;
    let begun = Instant::now();
    for n in 0..20 {
        let ticket = json!({ "title": format!("Number {n}"), "description": "x" });
        expect(customer.post("/api/v1/tickets/", &ticket).send().await.unwrap(), StatusCode::CREATED).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    desk.ask_to_stop();
    assert!(desk.stopped().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_tell_of_requests_the_database_queues_alarms_and_connections() {
    let home = Home::on_sqlite();
    let desk = home.serve();
    let customer = desk.customer().await;
    let ticket = json!({ "title": "Counted", "description": "x" });
    expect(customer.post("/api/v1/tickets/", &ticket).send().await.unwrap(), StatusCode::CREATED).await;
    let figures = desk.ask("/metrics").send().await.unwrap().text().await.unwrap();
    for figure in [
        "http_requests_total",
        "http_request_duration_seconds",
        "database_commit_duration_seconds",
        "database_connections ",
        "database_connections_idle ",
        "mail_queue_depth ",
        "delivery_queue_depth ",
        "sla_warnings_total ",
        "sla_breaches_total ",
        "websocket_connections ",
        "event_stream_connections ",
    ] {
        assert!(figures.contains(figure), "{figure} is missing in {figures}");
    }
}
