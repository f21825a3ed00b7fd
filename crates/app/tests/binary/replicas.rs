//! Two processes on one PostgreSQL and one Redis: what they share, and what one does when the other, or Redis, is gone.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::desk::{Desk, Home, Session, expect};
use crate::realtime::Socket;
use crate::redis::RedisServer;
use crate::webhook::Receiver;

/// A database, a Redis, and settings for both processes; none where one of the two cannot be had.
async fn stage(more: &[(&'static str, &str)]) -> Option<(Home, RedisServer, Vec<(&'static str, String)>)> {
    let home = Home::on_postgres().await?;
    let redis = RedisServer::start()?;
    let mut settings = vec![("REDIS_URL", redis.url()), ("WEBHOOK_ALLOW_PRIVATE", "true".to_owned())];
    settings.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
    Some((home, redis, settings))
}

async fn opens(session: &Session, title: &str) -> bool {
    let body = json!({ "title": title, "description": "x" });
    let answer = session.post("/api/v1/tickets/", &body).send().await;
    answer.is_ok_and(|answer| answer.status() == StatusCode::CREATED)
}

async fn reads(session: &Session) -> StatusCode {
    session.ask("/api/v1/tickets/?page_size=1").send().await.unwrap().status()
}

fn through(desk: &Desk, session: &Session) -> Session {
    Session { base: desk.base.clone(), ..session.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_counted_together_and_each_for_itself_while_redis_is_gone() {
    let limits = [("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_READ", "10/hour")];
    let Some((home, redis, settings)) = stage(&limits).await else { return };
    let (one, other) = (home.serve_with(&settings), home.serve_with(&settings));
    let (first, second) = (one.customer().await, one.login("agent@example.com", "agent123").await);
    for n in 0..10 {
        let desk = if n % 2 == 0 { &one } else { &other };
        assert_eq!(reads(&through(desk, &first)).await, StatusCode::OK, "{n}");
    }
    for desk in [&one, &other] {
        assert_eq!(reads(&through(desk, &first)).await, StatusCode::TOO_MANY_REQUESTS);
    }
    let port = redis.port;
    drop(redis);
    let begun = Instant::now();
    for desk in [&one, &other] {
        for n in 0..10 {
            assert_eq!(reads(&through(desk, &second)).await, StatusCode::OK, "{n}");
        }
        assert_eq!(reads(&through(desk, &second)).await, StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let _redis = RedisServer::on(port).unwrap();
    let deadline = Instant::now() + Duration::from_mins(1);
    while reads(&through(&one, &second)).await != StatusCode::OK {
        assert!(Instant::now() < deadline, "the limits are not counted together again");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_heard_while_redis_is_gone_and_after() {
    let Some((home, redis, settings)) = stage(&[]).await else { return };
    let (one, other) = (home.serve_with(&settings), home.serve_with(&settings));
    let (admin, customer) = (one.admin().await, other.customer().await);
    let mut seq = admin.get("/api/v1/events/").await["last_position"].as_i64().unwrap();
    let mut socket = Socket::open(&admin, seq).await;
    let port = redis.port;
    let mut redis = Some(redis);
    for round in ["with", "without", "again"] {
        assert!(opens(&customer, round).await);
        let event = socket.event().await.unwrap();
        seq += 1;
        assert_eq!((&event["seq"], &event["data"]["title"]), (&json!(seq), &json!(round)));
        redis = if redis.take().is_some() { None } else { RedisServer::on(port) };
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_one_of_two_processes_is_killed_everything_is_told_and_nothing_is_lost() {
    let Some((home, _redis, settings)) = stage(&[]).await else { return };
    let receiver = Receiver::start();
    let (stays, dies) = (home.serve_with(&settings), home.serve_with(&settings));
    let (admin, customer) = (stays.admin().await, stays.customer().await);
    let hook = json!({ "name": "Hook", "url": format!("http://127.0.0.1:{}/", receiver.port), "events": ["ticket.created"] });
    expect(admin.post("/api/v1/webhooks/", &hook).send().await.unwrap(), StatusCode::CREATED).await;
    let start = admin.get("/api/v1/events/").await["last_position"].as_i64().unwrap();
    let mut socket = Socket::open(&admin, start).await;

    let mut writing = Vec::new();
    for n in 0..40 {
        let desk = if n % 2 == 0 { &stays } else { &dies };
        let session = through(desk, &customer);
        writing.push(tokio::spawn(async move { opens(&session, &n.to_string()).await }));
    }
    receiver.has(3);
    dies.kill();
    let mut acknowledged = 0;
    for write in writing {
        acknowledged += usize::from(write.await.unwrap());
    }
    assert!(opens(&customer, "last").await);

    let events = told_by_log(&admin, start).await;
    assert!(events.len() > acknowledged, "{acknowledged} were acknowledged, {} are in the log", events.len());
    for (expected, (seq, id)) in (start + 1..).zip(&events) {
        let event = socket.event().await.unwrap();
        assert_eq!((*seq, &event["seq"], event["id"].as_str()), (expected, &json!(expected), Some(id.as_str())));
    }
    let wanted: BTreeSet<&String> = events.iter().map(|(_, id)| id).collect();
    let deadline = Instant::now() + Duration::from_secs(90);
    loop {
        let told = receiver.has(0);
        let bodies: Vec<Value> = told.iter().map(|told| serde_json::from_str(&told.body).unwrap()).collect();
        let got: BTreeSet<String> = bodies.iter().map(|body| body["id"].as_str().unwrap().to_owned()).collect();
        let deliveries: BTreeSet<&str> = told.iter().map(|told| told.header("webhook-id")).collect();
        assert_eq!(deliveries.len(), got.len(), "each event has one message, however often it was sent");
        if wanted.iter().all(|id| got.contains(*id)) {
            break;
        }
        assert!(Instant::now() < deadline, "{} of {} were told", got.len(), wanted.len());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Positions and ids of everything behind a position.
async fn told_by_log(admin: &Session, start: i64) -> Vec<(i64, String)> {
    let log = admin.get(&format!("/api/v1/events/?after={start}&limit=1000")).await;
    let event = |event: &Value| (event["position"].as_i64().unwrap(), event["id"].as_str().unwrap().to_owned());
    log["results"].as_array().unwrap().iter().map(event).collect()
}
