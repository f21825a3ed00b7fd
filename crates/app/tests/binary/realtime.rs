//! Websockets of the real binary: two processes on one database, and what becomes of them when it stops.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::desk::{Home, Session, expect};

/// An open websocket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens it as somebody, behind that position.
    pub async fn open(session: &Session, after: i64) -> Self {
        let url = format!("{}/ws/notifications/?after={after}", session.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("Authorization", format!("Bearer {}", session.token).parse().unwrap());
        Self(connect_async(request).await.unwrap().0)
    }

    /// The next event; none when it was closed or cut.
    pub async fn event(&mut self) -> Option<Value> {
        loop {
            let message = tokio::time::timeout(Duration::from_mins(1), self.0.next()).await.unwrap()?;
            match message.ok()? {
                Message::Text(text) => return Some(serde_json::from_str(&text).unwrap()),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    async fn closes(&mut self) -> u16 {
        loop {
            let message = tokio::time::timeout(Duration::from_mins(1), self.0.next()).await.unwrap();
            if let Message::Close(frame) = message.unwrap().unwrap() {
                return frame.unwrap().code.into();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_commits_is_heard_through_another_at_once() {
    let Some(home) = Home::on_postgres().await else { return };
    let (one, other) = (home.serve(), home.serve());
    let (admin, customer) = (one.admin().await, other.customer().await);
    let last = admin.get("/api/v1/events/").await["last_position"].as_i64().unwrap();
    let mut socket = Socket::open(&admin, last).await;
    let (mut fastest, mut seq) = (Duration::MAX, last);
    for n in 0..10 {
        let body = json!({ "title": n.to_string(), "description": "x" });
        let begun = Instant::now();
        expect(customer.post("/api/v1/tickets/", &body).send().await.unwrap(), StatusCode::CREATED).await;
        let event = socket.event().await.unwrap();
        fastest = fastest.min(begun.elapsed());
        seq += 1;
        assert_eq!((&event["seq"], &event["type"]), (&json!(seq), &json!("ticket.created")));
    }
    // Looking alone would take half a second on average.
    assert!(fastest < Duration::from_millis(250), "{fastest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_through_one_process_ends_a_socket_of_another() {
    let Some(home) = Home::on_postgres().await else { return };
    let (one, other) = (home.serve(), home.serve());
    let customer = one.customer().await;
    let mut socket = Socket::open(&customer, 0).await;
    let same = Session { base: other.base.clone(), ..customer };
    same.post("/api/v1/auth/logout/", &json!({})).send().await.unwrap();
    assert_eq!(socket.closes().await, 4401);
}

#[tokio::test(flavor = "multi_thread")]
async fn open_sockets_do_not_hold_a_server_up_that_stops() {
    let home = Home::on_sqlite();
    let desk = home.serve();
    let mut socket = Socket::open(&desk.admin().await, i64::MAX).await;
    let begun = Instant::now();
    desk.ask_to_stop();
    assert_eq!(socket.closes().await, 1001);
    assert!(desk.stopped().success());
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
}
