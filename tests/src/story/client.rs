//! Somebody who calls the API.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, redirect};
use serde_json::{Value, json};

use super::Form;

/// Somebody who calls the API, with credentials or without. Follows no redirect.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) http: reqwest::Client,
    pub(super) base: String,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// What they were answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body, if it is JSON.
    pub body: Value,
    /// The body as it came, read as text.
    pub text: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
    asked: String,
}

impl Client {
    pub(super) fn new(base: &str) -> Self {
        let http = reqwest::Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        Self { http, base: base.to_owned(), headers: Vec::new() }
    }

    /// The same person, with a header more.
    #[must_use]
    pub fn with(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.headers.push((name, value.into()));
        client
    }

    /// The same person, with an access token.
    #[must_use]
    pub fn bearing(&self, token: &Value) -> Self {
        self.with("Authorization", format!("Bearer {}", token.as_str().expect("a token")))
    }

    /// Asks for a path behind the base, or for an address as an answer gave it.
    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, Some(body)).await
    }

    /// Puts JSON.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send("PUT", path, Some(body)).await
    }

    /// Patches with JSON.
    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send("PATCH", path, Some(body)).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None).await
    }

    /// Opens a ticket of that title.
    pub async fn opens(&self, title: &str) -> Value {
        self.post("/tickets/", json!({ "title": title, "description": "It happens every morning." })).await.answers(201)
    }

    /// Posts a form with files.
    pub async fn upload(&self, path: &str, form: &Form) -> Reply {
        self.send_bytes("POST", path, Some((&Form::kind(), form.bytes()))).await
    }

    /// Any request with a JSON body or none.
    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let body = body.map(|body| ("application/json", body.to_string().into_bytes()));
        self.send_bytes(method, path, body).await
    }

    /// Any request. Whatever it says, it is not answered with a fault of the server's.
    pub async fn send_bytes(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Reply {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let asked = format!("{method} {path}");
        let mut request = self.http.request(method, url);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some((kind, bytes)) = body {
            request = request.header(CONTENT_TYPE, kind).body(bytes);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{asked}: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{asked}: {error:?}")).to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(status < 500, "{asked} is answered with {status}: {text}");
        let body = serde_json::from_str(&text).unwrap_or_default();
        Reply { status, headers, body, text, bytes, asked }
    }
}

impl Reply {
    /// The body of an answer that must have this status.
    #[track_caller]
    pub fn answers(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{} is answered with {}", self.asked, self.text);
        self.body
    }

    /// The details of a refusal that must have this status and be in the words of either dialect.
    #[track_caller]
    pub fn refuses(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{} is answered with {}", self.asked, self.text);
        let details = super::by_platform(&self.body)
            .or_else(|| super::by_classic(&self.body))
            .or_else(|| super::by_smartsupport(&self.body));
        details.unwrap_or_else(|| panic!("{} is refused in no dialect's words: {}", self.asked, self.text))
    }

    /// Platform's code of a refusal.
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// A header that must be there.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("{} is answered without {name}", self.asked));
        value.to_str().expect("readable headers")
    }

    /// A header that is a whole number.
    #[track_caller]
    pub fn number(&self, name: &str) -> i64 {
        self.header(name).parse().expect("a whole number")
    }
}
