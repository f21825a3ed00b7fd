//! What happens reaches webhooks, whoever else hangs.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use crate::desk::{Desk, Home, Session, expect};
use crate::on_both_databases;
use crate::postgres::PostgresServer;
use crate::realtime::Socket;
use crate::webhook::{Receiver, Told};

fn allowed() -> Vec<(&'static str, String)> {
    vec![("WEBHOOK_ALLOW_PRIVATE", "true".to_owned())]
}

async fn hook(admin: &Session, port: u16) -> Value {
    let body = json!({ "name": "Hook", "url": format!("http://127.0.0.1:{port}/hook"), "events": ["ticket.*"] });
    expect(admin.post("/api/v1/webhooks/", &body).send().await.unwrap(), StatusCode::CREATED).await
}

async fn opens(customer: &Session, title: &str) -> Value {
    let body = json!({ "title": title, "description": "It happens every morning." });
    expect(customer.post("/api/v1/tickets/", &body).send().await.unwrap(), StatusCode::CREATED).await
}

async fn says(customer: &Session, ticket: &Value, content: &str) {
    let path = format!("/api/v1/tickets/{}/comments/", ticket["id"].as_str().unwrap());
    expect(customer.post(&path, &json!({ "content": content })).send().await.unwrap(), StatusCode::CREATED).await;
}

fn body(told: &Told) -> Value {
    serde_json::from_str(&told.body).unwrap()
}

/// As who receives it checks it, with the library that the scheme offers.
fn is_signed(told: &Told, secret: &Value) -> bool {
    let headers = told.headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    Webhook::new(secret.as_str().unwrap()).unwrap().verify(told.body.as_bytes(), &headers).is_ok()
}

/// What became of the oldest message to a webhook, once it was tried.
async fn first_attempt(admin: &Session, hook: &Value) -> Value {
    let path = format!("/api/v1/webhooks/{}/deliveries/", hook["id"].as_str().unwrap());
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let list = admin.get(&path).await;
        let first = list["results"].as_array().unwrap().last().cloned().unwrap_or_default();
        if first["last_error"].is_string() {
            return first;
        }
        assert!(Instant::now() < deadline, "{list}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

on_both_databases! {
    async fn what_happens_is_posted_signed_and_in_order(home: Home) {
        let receiver = Receiver::start();
        let desk = home.serve_with(&allowed());
        let (admin, customer) = (desk.admin().await, desk.customer().await);
        let secret = hook(&admin, receiver.port).await["secret"].clone();
        let ticket = opens(&customer, "One").await;
        for n in 0..5 {
            says(&customer, &ticket, &n.to_string()).await;
        }
        let told = receiver.has(6);
        assert!(told.iter().all(|told| is_signed(told, &secret)), "{told:?}");
        let seqs: Vec<i64> = told.iter().map(|told| body(told)["seq"].as_i64().unwrap()).collect();
        assert!(seqs.is_sorted(), "{seqs:?}");
        assert_eq!(body(&told[5])["data"]["content"], "4");
    }

    async fn who_hangs_keeps_nobody_else_waiting(home: Home) {
        let (hangs, answers) = (Receiver::start(), Receiver::start());
        hangs.answers("");
        let desk = home.serve_with(&allowed());
        let (admin, customer) = (desk.admin().await, desk.customer().await);
        hook(&admin, hangs.port).await;
        hook(&admin, answers.port).await;
        let begun = Instant::now();
        for n in 0..8 {
            opens(&customer, &n.to_string()).await;
        }
        answers.has(8);
        assert!(begun.elapsed() < Duration::from_secs(14), "{:?}", begun.elapsed());
    }

    async fn a_later_message_about_a_ticket_waits_until_the_earlier_one_was_taken(home: Home) {
        let receiver = Receiver::start();
        receiver.answers("503 Service Unavailable");
        let desk = home.serve_with(&allowed());
        let (admin, customer) = (desk.admin().await, desk.customer().await);
        hook(&admin, receiver.port).await;
        let ticket = opens(&customer, "One").await;
        receiver.has(1);
        says(&customer, &ticket, "Two").await;
        let refused = receiver.has(2).len();
        receiver.answers("200 OK");
        let told = receiver.has(refused + 2);
        let ids: Vec<&str> = told.iter().map(|told| told.header("webhook-id")).collect();
        assert!(ids[..=refused].iter().all(|id| *id == ids[0]) && ids[refused + 1] != ids[0], "{ids:?}");
        assert_eq!(body(&told[refused + 1])["type"], "ticket.comment_added");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_end_is_read_no_further_than_a_kilobyte() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let mut sent = stream.write_all(b"HTTP/1.1 500 Internal Server Error\r\n\r\n");
                while sent.is_ok() {
                    sent = stream.write_all(&[b'x'; 4096]);
                }
            });
        }
    });
    let home = Home::on_sqlite();
    let desk = home.serve_with(&allowed());
    let admin = desk.admin().await;
    let hook = hook(&admin, port).await;
    opens(&desk.customer().await, "One").await;
    let first = first_attempt(&admin, &hook).await;
    assert_eq!((&first["response_code"], first["response_body"].as_str().unwrap().len()), (&json!(500), 1024));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_not_followed_and_no_yes() {
    let (home, receiver) = (Home::on_sqlite(), Receiver::start());
    receiver.answers("307 Temporary Redirect");
    let desk = home.serve_with(&allowed());
    let admin = desk.admin().await;
    let hook = hook(&admin, receiver.port).await;
    opens(&desk.customer().await, "One").await;
    let first = first_attempt(&admin, &hook).await;
    assert_eq!((&first["response_code"], &first["status"]), (&json!(307), &json!("pending")));
    let last = first["last_error"].as_str().unwrap();
    assert!(last.contains("307"), "where it leads to refuses connections: {last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_postgresql_is_stopped_requests_are_asked_to_come_again_and_after_it_everything_goes_on() {
    let Some(mut database) = PostgresServer::start().await else { return };
    let (home, receiver) = (Home::at(&database.url), Receiver::start());
    let desk = home.serve_with(&allowed());
    let (admin, customer) = (desk.admin().await, desk.customer().await);
    hook(&admin, receiver.port).await;
    let last = admin.get("/api/v1/events/").await["last_position"].as_i64().unwrap();
    let mut socket = Socket::open(&admin, last).await;
    opens(&customer, "Before").await;
    assert_eq!(socket.event().await.unwrap()["data"]["title"], "Before");
    receiver.has(1);
    database.stop();
    let new = json!({ "title": "After", "description": "It happens every morning." });
    let tries = async || customer.post("/api/v1/tickets/", &new).send().await.unwrap().status();
    assert_eq!(tries().await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(customer.ask("/api/v1/tickets/").send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    database.start_again();
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        match tries().await {
            StatusCode::CREATED => break,
            status => assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE),
        }
        assert!(Instant::now() < deadline, "it does not come back");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // What was taken just before may come again: that it was could not be written.
    while !receiver.has(2).iter().any(|told| body(told)["data"]["title"] == "After") {
        assert!(Instant::now() < deadline + Duration::from_mins(1), "the webhook is not told");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let event = match socket.event().await {
        Some(event) => event,
        // It was asked to come back.
        None => Socket::open(&admin, last + 1).await.event().await.unwrap(),
    };
    assert_eq!((&event["seq"], &event["data"]["title"]), (&json!(last + 2), &json!("After")));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_that_they_are_gone_is_told_nothing_more() {
    let (home, receiver) = (Home::on_sqlite(), Receiver::start());
    receiver.answers("410 Gone");
    let desk = home.serve_with(&allowed());
    let (admin, customer) = (desk.admin().await, desk.customer().await);
    let path = format!("/api/v1/webhooks/{}/", hook(&admin, receiver.port).await["id"].as_str().unwrap());
    opens(&customer, "One").await;
    let deadline = Instant::now() + Duration::from_mins(1);
    while admin.get(&path).await["is_active"] == json!(true) {
        assert!(Instant::now() < deadline, "it is not paused");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(admin.get(&path).await["disabled_reason"], "It answered 410 Gone.");
    assert_eq!(receiver.has(1).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_to_a_private_address_that_is_not_allowed_any_more() {
    let (home, receiver) = (Home::on_sqlite(), Receiver::start());
    let desk = home.serve_with(&allowed());
    let made = hook(&desk.admin().await, receiver.port).await;
    let by_name = format!("http://localhost:{}/", receiver.port);
    let body = json!({ "name": "Name", "url": by_name, "events": ["ticket.*"] });
    let named = desk.admin().await.post("/api/v1/webhooks/", &body).send().await.unwrap();
    let named = expect(named, StatusCode::CREATED).await;
    desk.kill();
    let desk: Desk = home.serve();
    let admin = desk.admin().await;
    opens(&desk.customer().await, "One").await;
    for hook in [made, named] {
        let first = first_attempt(&admin, &hook).await;
        assert!(first["last_error"].as_str().unwrap().contains("private"), "{first}");
    }
    assert!(receiver.has(0).is_empty());
}
