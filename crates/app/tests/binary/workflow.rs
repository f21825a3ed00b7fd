//! Finalized tickets reach the external workflow, whatever happens to the process that sends them.

use reqwest::StatusCode;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use crate::desk::{Desk, Home, expect};
use crate::on_both_databases;
use crate::webhook::{Receiver, Told};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn settings(receiver: &Receiver) -> Vec<(&'static str, String)> {
    vec![
        ("WORKFLOW_WEBHOOK_URL", format!("http://127.0.0.1:{}/tickets?key=1", receiver.port)),
        ("WORKFLOW_WEBHOOK_SECRET", SECRET.to_owned()),
    ]
}

/// Has a ticket resolved and finalized; answers it.
async fn finalizes(desk: &Desk) -> Value {
    let customer = desk.customer().await;
    let request = customer.post("/api/v1/tickets/", &json!({ "title": "Toner", "description": "Grüße" }));
    let ticket = expect(request.send().await.unwrap(), StatusCode::CREATED).await;
    let admin = desk.admin().await;
    for action in ["resolve", "finalize"] {
        let path = format!("/api/v1/tickets/{}/{action}/", ticket["id"].as_str().unwrap());
        expect(admin.post(&path, &json!({})).send().await.unwrap(), StatusCode::OK).await;
    }
    ticket
}

/// As who receives it checks it, with the library that the scheme offers.
fn is_signed(told: &Told) -> bool {
    let headers = told.headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    Webhook::new(SECRET).unwrap().verify(told.body.as_bytes(), &headers).is_ok()
}

on_both_databases! {
    async fn a_finalized_ticket_is_posted_to_the_workflow_and_signed(home: Home) {
        let receiver = Receiver::start();
        let desk = home.serve_with(&settings(&receiver));
        let ticket = finalizes(&desk).await;
        let told = &receiver.has(1)[0];
        assert_eq!(told.start, "POST /tickets?key=1 HTTP/1.1");
        assert_eq!(told.header("content-type"), "application/json");
        assert!(is_signed(told), "{told:?}");
        let body: Value = serde_json::from_str(&told.body).unwrap();
        assert_eq!((&body["type"], &body["ticket_number"]), (&json!("ticket.finalized"), &ticket["number"]));
        assert_eq!(body["ticket"]["description"], "Grüße");
    }

    async fn a_ticket_finalized_just_before_the_process_was_killed_is_handed_over_once_it_runs_again(home: Home) {
        let receiver = Receiver::start();
        receiver.answers("503 Service Unavailable");
        let desk = home.serve_with(&settings(&receiver));
        let ticket = finalizes(&desk).await;
        desk.kill();
        receiver.answers("204 No Content");
        let before = receiver.has(0).len();
        let _desk = home.serve_with(&settings(&receiver));
        let all = receiver.has(before + 1);
        assert!(all.iter().all(|told| is_signed(told) && told.body == all[0].body), "{all:?}");
        assert!(all.iter().all(|told| told.header("webhook-id") == all[0].header("webhook-id")), "{all:?}");
        let body: Value = serde_json::from_str(&all[0].body).unwrap();
        assert_eq!(body["ticket_number"], ticket["number"]);
    }

    async fn what_the_workflow_was_being_told_when_the_process_was_killed_is_told_again(home: Home) {
        let receiver = Receiver::start();
        receiver.answers("");
        let desk = home.serve_with(&settings(&receiver));
        finalizes(&desk).await;
        receiver.has(1);
        desk.kill();
        receiver.answers("200 OK");
        let _desk = home.serve_with(&settings(&receiver));
        let told = receiver.has(2);
        assert_eq!(told[0].header("webhook-id"), told[1].header("webhook-id"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed_and_asked_again() {
    let home = Home::on_sqlite();
    let receiver = Receiver::start();
    receiver.answers("307 Temporary Redirect");
    let desk = home.serve_with(&settings(&receiver));
    finalizes(&desk).await;
    let told = receiver.has(2);
    assert_eq!(told[0].header("webhook-id"), told[1].header("webhook-id"));
    assert!(is_signed(&told[1]), "a later attempt has a signature of its own: {told:?}");
}
