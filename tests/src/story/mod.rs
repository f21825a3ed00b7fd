//! A desk in business: a server on a free port over a fresh database, with people in two organizations.

mod cast;
mod client;
mod form;
mod golden;
mod refusal;
mod socket;
mod tables;
mod workers;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use async_trait::async_trait;
use helpdesk::settings::Settings;
use helpdesk_domain::attachment::Files;
use helpdesk_domain::kernel::{Clock, Moment};
use helpdesk_domain::mail::port::Outbox;
use helpdesk_domain::testing::FixedClock;
use helpdesk_http::{Health, HttpSettings};
use helpdesk_outbound::mail::Letter;
use helpdesk_persistence::Store;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use cast::{PEOPLE, installation, people, settings, unlimited};
pub use client::{Client, Reply};
pub use form::{BOUNDARY, Form};
pub use golden::golden;
pub use refusal::{by_classic, by_platform, by_smartsupport};
pub use socket::{Socket, Stream};

use crate::Stage;

/// Everybody's password.
pub const PASSWORD: &str = "password123";
/// The organization that stories play in.
pub const HOME: &str = "acme-corp";
/// The other one.
pub const ELSEWHERE: &str = "tech-startup";
/// Where a story begins: 2025-10-13T10:30:00Z, in minutes after the epoch.
const BEGINNING: u64 = 29_339_190;

/// A desk in business. The clock stands until a test moves it.
pub struct Story {
    /// What the server keeps things in.
    pub store: Store,
    url: String,
    clock: Arc<FixedClock>,
    now: u64,
    settings: Arc<Settings>,
    server: Server,
    files: TempDir,
}

#[async_trait(?Send)]
impl Stage for Story {
    async fn set(url: String, store: Store) -> Self {
        let clock = crate::clock();
        clock.set(BEGINNING);
        let files = tempfile::tempdir().expect("a temporary folder");
        let settings = Arc::new(settings(files.path(), &[]));
        people(&store, &clock, &settings).await;
        let server = Server::start(&store, &clock, &settings, unlimited());
        Self { store, url, clock, now: BEGINNING, settings, server, files }
    }
}

impl Story {
    /// The same desk, served with other settings.
    #[must_use]
    pub fn served(mut self, change: impl FnOnce(&mut HttpSettings)) -> Self {
        let mut http = unlimited();
        change(&mut http);
        self.server = Server::start(&self.store, &self.clock, &self.settings, http);
        self
    }

    /// The same desk, set up with these settings besides.
    #[must_use]
    pub fn set_up(mut self, more: &[(&str, &str)]) -> Self {
        self.settings = Arc::new(settings(self.files.path(), more));
        self.server = Server::start(&self.store, &self.clock, &self.settings, unlimited());
        self
    }

    /// So many minutes later.
    pub fn later(&mut self, minutes: u64) {
        self.now += minutes;
        self.clock.set(self.now);
    }

    /// How many objects the content store has.
    pub fn objects(&self) -> usize {
        files_in(self.files.path())
    }

    /// What takes contents in, without a server in front of it.
    pub fn files(&self) -> Files {
        let desk = installation(&self.store, &self.clock).desk(&self.settings, &self.server.address);
        desk.expect("good settings").files
    }

    /// The time in this story.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The letters that wait in the outbox, the oldest first.
    pub async fn letters(&self) -> Vec<Letter> {
        let composer = helpdesk::wire::composer(&self.settings, &self.server.address);
        let composer = composer.expect("good templates");
        let waiting = self.store.newest(true, 1_000).await.expect("the outbox is read");
        waiting.iter().rev().map(|entry| composer.compose(entry).expect("a letter is written")).collect()
    }

    /// Has everybody told, in the desk and by mail, of what has happened.
    pub async fn tell(&self) {
        let installation = installation(&self.store, &self.clock);
        for mut reader in [installation.notification_news(), installation.ticket_news()] {
            while reader.read_on().await.expect("the log is read") {}
            reader.settle().await.expect("its place is written");
        }
    }

    /// Somebody without credentials, at the root of the server.
    pub fn root(&self) -> Client {
        Client::new(&self.server.address)
    }

    /// Somebody without credentials, at `/api/v1`.
    pub fn stranger(&self) -> Client {
        Client::new(&format!("{}/api/v1", self.server.address))
    }

    /// Somebody logged in through `/auth/login/`: speaks `platform`.
    pub async fn platform(&self, username: &str) -> Client {
        let body = json!({ "email": format!("{username}@example.com"), "password": PASSWORD });
        let login = self.stranger().post("/auth/login/", body).await.answers(200);
        self.stranger().bearing(&login["access_token"])
    }

    /// Somebody logged in, at `/api/help`.
    pub async fn help(&self, username: &str) -> Client {
        let body = json!({ "email": format!("{username}@example.com"), "password": PASSWORD });
        let login = self.stranger().post("/auth/login/", body).await.answers(200);
        Client::new(&format!("{}/api/help", self.server.address)).bearing(&login["access_token"])
    }

    /// Somebody logged in through `/auth/token/`: speaks `classic`.
    pub async fn classic(&self, username: &str) -> Client {
        let body = json!({ "username": username, "password": PASSWORD });
        let pair = self.stranger().post("/auth/token/", body).await.answers(200);
        self.stranger().bearing(&pair["access"])
    }
}

fn files_in(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { files_in(&entry.path()) } else { 1 }).sum()
}

impl Story {
    /// Somebody without credentials, at `/api`.
    pub fn passer_by(&self) -> Client {
        Client::new(&format!("{}/api", self.server.address))
    }

    /// Somebody logged in through the door that is theirs: speaks `smartsupport`.
    pub async fn smartsupport(&self, username: &str) -> Client {
        let is_staff = PEOPLE.iter().any(|(name, _, role, _)| *name == username && !["customer", "technician"].contains(role));
        let door = if is_staff { "/token/admin/" } else { "/token/employee/" };
        let body = json!({ "email": format!("{username}@example.com"), "password": PASSWORD });
        let login = self.passer_by().post(door, body).await.answers(200);
        self.passer_by().bearing(&login["access"])
    }
}

/// The path of a thing that an answer showed, e.g. `at("/tickets", &ticket, "claim/")`.
pub fn at(folder: &str, thing: &Value, rest: &str) -> String {
    format!("{folder}/{}/{rest}", id(thing))
}

/// The id of a thing that an answer showed, as it stands in a path.
pub fn id(thing: &Value) -> String {
    match &thing["id"] {
        Value::String(uuid) => uuid.clone(),
        Value::Number(serial) => serial.to_string(),
        other => panic!("no id but {other} in {thing}"),
    }
}

/// The values of one field in a list of things.
pub fn each(list: &Value, field: &str) -> Vec<Value> {
    let items = if list.is_array() { list } else { &list["results"] };
    items.as_array().expect("a list").iter().map(|item| item[field].clone()).collect()
}

/// A running server; gone when dropped.
struct Server {
    address: String,
    _stop: oneshot::Sender<()>,
}

impl Server {
    fn start(store: &Store, clock: &Arc<FixedClock>, settings: &Settings, mut http: HttpSettings) -> Self {
        let installation = installation(store, clock);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let desk = installation.desk(settings, &address).expect("the desk is wired");
        http.public_url.clone_from(&address);
        let health: Arc<dyn Health> = Arc::new(Condition(store.clone()));
        let (stop, stopped) = oneshot::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            let serving = async {
                tokio::select! {
                    _ = stopped => {}
                    served = helpdesk_http::serve(desk, http, health, None, listener) => served.expect("the server runs"),
                }
            };
            LocalSet::new().block_on(&runtime, serving);
        });
        Self { address, _stop: stop }
    }
}

struct Condition(Store);

#[async_trait]
impl Health for Condition {
    async fn trouble(&self) -> Option<String> {
        match self.0.pending_migrations().await {
            Ok(0) => None,
            other => Some(format!("{other:?}")),
        }
    }

    fn metrics(&self) -> String {
        "# figures\n".to_owned()
    }
}
