//! Somebody who is connected.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use reqwest::header::HeaderName;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::Client;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open websocket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The last position when it was opened.
    pub position: i64,
}

impl Client {
    /// Opens a websocket at that path of the server.
    pub async fn connects(&self, path: &str) -> Socket {
        self.tries_to_connect(path).await.unwrap_or_else(|status| panic!("{path} is refused with {status}"))
    }

    /// Opens a websocket, or is refused with that status.
    pub async fn tries_to_connect(&self, path: &str) -> Result<Socket, u16> {
        let root = self.base.trim_end_matches("/api/v1").replacen("http", "ws", 1);
        let mut request = format!("{root}{path}").into_client_request().expect("a good address");
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().expect("a good name");
            request.headers_mut().insert(name, value.parse().expect("a good value"));
        }
        match connect_async(request).await {
            Ok((stream, answer)) => {
                let position = answer.headers().get("x-event-position").and_then(|position| position.to_str().ok());
                let position = position.and_then(|position| position.parse().ok()).expect("a position");
                Ok(Socket { stream, position })
            }
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{path}: {error}"),
        }
    }
}

impl Socket {
    /// The next message.
    pub async fn next(&mut self) -> Value {
        match self.receive().await {
            Message::Text(text) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("not a message but {other:?}"),
        }
    }

    /// The next event: who looks and who writes is passed over.
    pub async fn event(&mut self) -> Value {
        loop {
            let message = self.next().await;
            if message["seq"].is_i64() {
                return message;
            }
        }
    }

    /// The next message of that type; others are passed over.
    pub async fn next_of(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] == kind {
                return message;
            }
        }
    }

    /// The code that it is closed with; messages before that are passed over.
    pub async fn closes(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.receive().await {
                return frame.expect("a reason").code.into();
            }
        }
    }

    /// Says something.
    pub async fn says(&mut self, message: Value) {
        self.stream.send(Message::text(message.to_string())).await.expect("it is open");
    }

    /// Sends bytes as they are.
    pub async fn sends(&mut self, bytes: &[u8]) {
        let MaybeTlsStream::Plain(connection) = self.stream.get_mut() else { panic!("stories are not encrypted") };
        connection.write_all(bytes).await.expect("it is open");
    }

    async fn receive(&mut self) -> Message {
        loop {
            let message = timeout(PATIENCE, self.stream.next()).await.expect("a message in time");
            match message.expect("it is open").expect("a good message") {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return message,
            }
        }
    }
}

/// An open stream of server-sent events.
pub struct Stream {
    answer: reqwest::Response,
    came: String,
}

impl Client {
    /// Opens a stream of server-sent events.
    pub async fn streams(&self, path: &str) -> Stream {
        let mut request = self.http.get(format!("{}{path}", self.base)).header("Accept-Encoding", "gzip");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Stream { answer, came: String::new() }
    }
}

impl Stream {
    /// The next event: its id and its data.
    pub async fn next(&mut self) -> (i64, Value) {
        loop {
            if let Some((event, rest)) = self.came.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let (id, data) = (field("id: "), field("data: "));
                self.came = rest.into();
                if let (Some(id), Some(data)) = (id, data) {
                    return (id.parse().expect("a number"), serde_json::from_str(&data).expect("JSON"));
                }
                continue;
            }
            let part = timeout(PATIENCE, self.answer.chunk()).await.expect("a part in time").expect("it is open");
            self.came.push_str(&String::from_utf8_lossy(&part.expect("it goes on")));
        }
    }
}
