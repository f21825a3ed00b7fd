//! Being asked to stop.

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::desk::{Session, expect};
use crate::on_both_databases;

on_both_databases! {
    async fn sigterm_finishes_a_running_request(home: Home) {
        let desk = home.serve();
        let customer = desk.customer().await;
        let body = json!({ "title": "Half sent", "description": "The rest comes after the signal." }).to_string();
        let mut half_sent = begin(&customer, body.len()).await;

        desk.ask_to_stop();
        until_nobody_listens(&customer).await;
        half_sent.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        half_sent.read_to_string(&mut answer).await.unwrap();

        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert!(desk.stopped().success());
        let again = home.serve();
        let mine = again.customer().await.get("/api/v1/tickets/?page_size=1").await;
        assert_eq!(mine.pointer("/results/0/title"), Some(&json!("Half sent")));
    }

    async fn an_idle_desk_stops_when_asked(home: Home) {
        let desk = home.serve();
        expect(reqwest::get(format!("{}/health", desk.base)).await.unwrap(), StatusCode::OK).await;
        desk.ask_to_stop();
        assert!(desk.stopped().success());
    }
}

fn host(session: &Session) -> &str {
    session.base.trim_start_matches("http://")
}

/// A request whose head the server has read (it says so: 100) and whose body it waits for.
async fn begin(session: &Session, length: usize) -> BufReader<TcpStream> {
    let mut stream = BufReader::new(TcpStream::connect(host(session)).await.unwrap());
    let head = format!(
        "POST /api/v1/tickets/ HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
        host(session),
        session.token,
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    assert!(line.starts_with("HTTP/1.1 100"), "{line}");
    stream.read_line(&mut line).await.unwrap();
    stream
}

async fn until_nobody_listens(session: &Session) {
    while TcpStream::connect(host(session)).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
