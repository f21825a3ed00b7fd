//! A running `helpdesk`, and the folder and database that outlive it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tempfile::TempDir;

/// How long anything here may take; debug builds on a busy machine are slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// What outlives a run: the working folder with the data in it, and the database.
pub struct Home {
    folder: TempDir,
    database_url: String,
}

impl Home {
    pub fn on_sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let database_url = format!("sqlite://{}", folder.path().join("helpdesk.db").display());
        Self { folder, database_url }
    }

    /// A fresh database beside `TEST_POSTGRES_URL`; none where there is no PostgreSQL.
    pub async fn on_postgres() -> Option<Self> {
        let administrator = std::env::var("TEST_POSTGRES_URL").ok()?;
        let folder = TempDir::new().unwrap();
        let name = format!("binary_{}", folder.path().file_name()?.to_string_lossy().replace('.', "").to_lowercase());
        let mut connection = PgConnection::connect(&administrator).await.expect("TEST_POSTGRES_URL can be reached");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}_{}", std::process::id())))
            .execute(&mut connection)
            .await
            .unwrap();
        let options: sqlx::postgres::PgConnectOptions = administrator.parse().unwrap();
        let database_url = options.database(&format!("{name}_{}", std::process::id())).to_url_lossy().to_string();
        Some(Self { folder, database_url })
    }

    /// In the database at that URL.
    pub fn at(database_url: &str) -> Self {
        Self { folder: TempDir::new().unwrap(), database_url: database_url.to_owned() }
    }

    pub fn is_on_postgres(&self) -> bool {
        self.database_url.starts_with("postgres")
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `helpdesk` with settings for tests, and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_helpdesk"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
        command.envs([
            ("PORT", "0"),
            ("DATABASE_URL", &self.database_url),
            ("BCRYPT_COST", "4"),
            ("RATE_LIMIT_ENABLED", "false"),
            ("HELPDESK_DEMO", "true"),
        ]);
        command
    }

    /// Runs a command of the binary to its end.
    pub fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
        finished(self.command(arguments).envs(settings.iter().copied()))
    }

    /// `helpdesk serve`, once it listens.
    pub fn serve(&self) -> Desk {
        self.serve_with(&[])
    }

    /// `helpdesk serve` with more settings, once it listens.
    pub fn serve_with(&self, settings: &[(&str, String)]) -> Desk {
        let mut command = self.command(&["serve"]);
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (lines, output) = channel();
        read_lines(process.stdout.take().unwrap(), lines.clone());
        read_lines(process.stderr.take().unwrap(), lines);
        let base = address(&output);
        // Whoever stops reading stops the server at a full pipe.
        std::thread::spawn(move || output.into_iter().count());
        Desk { process, base, client: Client::new() }
    }
}

fn read_lines(stream: impl Read + Send + 'static, lines: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                break;
            }
        }
    });
}

/// The address that `serve` prints.
fn address(output: &Receiver<String>) -> String {
    let deadline = Instant::now() + PATIENCE;
    let mut said = Vec::new();
    loop {
        match output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
                    return format!("http://127.0.0.1:{port}");
                }
                said.push(line);
            }
            Err(RecvTimeoutError::Disconnected) => panic!("serve ended and said:\n{}", said.join("\n")),
            Err(RecvTimeoutError::Timeout) => panic!("serve printed no address but:\n{}", said.join("\n")),
        }
    }
}

/// The output of a command that ends by itself, killed when it does not.
pub fn finished(command: &mut Command) -> Output {
    let process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let id = process.id();
    let (done, waiting) = channel();
    std::thread::spawn(move || done.send(process.wait_with_output()));
    waiting.recv_timeout(PATIENCE * 2).map_or_else(
        |_| {
            signal(id, "KILL");
            panic!("{command:?} does not end")
        },
        Result::unwrap,
    )
}

fn signal(process: u32, name: &str) {
    Command::new("kill").args([format!("-{name}"), process.to_string()]).status().unwrap();
}

/// A running `helpdesk serve`; killed when dropped.
pub struct Desk {
    process: Child,
    pub base: String,
    client: Client,
}

impl Desk {
    /// SIGKILL: it stops between two instructions.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// SIGTERM: it is asked to stop.
    pub fn ask_to_stop(&self) {
        signal(self.process.id(), "TERM");
    }

    /// Waits until it has stopped.
    pub fn stopped(mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "does not stop");
            std::thread::yield_now();
        }
    }

    /// Somebody of the demo data, logged in.
    pub async fn login(&self, email: &str, password: &str) -> Session {
        let url = format!("{}/api/v1/auth/login/", self.base);
        let answer = self.client.post(url).json(&json!({ "email": email, "password": password })).send().await.unwrap();
        let body = expect(answer, StatusCode::OK).await;
        let token = body.pointer("/access_token").and_then(Value::as_str).unwrap().to_owned();
        Session { client: self.client.clone(), base: self.base.clone(), token }
    }

    /// A GET by a stranger.
    pub fn ask(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    pub async fn admin(&self) -> Session {
        self.login("admin@example.com", "admin123").await
    }

    pub async fn customer(&self) -> Session {
        self.login("customer@example.com", "customer123").await
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A login and the server it is for.
#[derive(Clone)]
pub struct Session {
    pub client: Client,
    pub base: String,
    pub token: String,
}

impl Session {
    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body)
    }

    pub fn put(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client.put(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body)
    }

    pub fn delete(&self, path: &str) -> RequestBuilder {
        self.client.delete(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    /// A GET whose answer may be anything.
    pub fn ask(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Value {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        expect(self.client.get(url).bearer_auth(&self.token).send().await.unwrap(), StatusCode::OK).await
    }
}

/// The body of an answer that must have this status.
pub async fn expect(answer: Response, status: StatusCode) -> Value {
    let (got, url) = (answer.status(), answer.url().clone());
    let body = answer.text().await.unwrap();
    assert_eq!(got, status, "{url}: {body}");
    serde_json::from_str(&body).unwrap_or(Value::Null)
}
