//! What can be set, and to what. Read once, at the start; everything that is wrong is told at once.

mod collector;
mod layers;
mod mail;
mod names;
mod rate;
mod reading;
mod secret;
mod storage;
#[cfg(test)]
mod tests;
mod workflow;
use std::path::{Path, PathBuf};

use helpdesk_domain::identity::Lifetimes;
use helpdesk_http::RateLimits;
use helpdesk_outbound::Place;
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};

pub use collector::Collector;
pub use layers::Places;
pub use mail::Mail;
pub use names::NAMES;
use reading::Reading;
pub use workflow::Workflow;

use crate::failure::{Failure, Result};

/// All settings.
#[derive(Debug)]
pub struct Settings {
    /// Where it listens and whom it believes.
    pub server: Server,
    /// Where things are kept.
    pub database: Database,
    /// Where the contents of files are kept.
    pub storage: Place,
    /// Logins.
    pub login: Login,
    /// Mail.
    pub mail: Mail,
    /// The external workflow.
    pub workflow: Workflow,
    /// Whether webhooks may be at private and loopback addresses.
    pub webhook_allow_private: bool,
    /// How often requests may come.
    pub rate_limits: RateLimits,
    /// Slug of the organization that people join who name none.
    pub default_organization: String,
    /// Whether an empty database gets the demo data.
    pub demo: bool,
    /// How it logs.
    pub log: Log,
    /// Who collects spans.
    pub collector: Option<Collector>,
    /// Redis, where several processes share limits and tell each other what happens through it.
    pub redis: Option<SecretString>,
}

/// Where it listens and whom it believes.
#[derive(Debug)]
pub struct Server {
    /// Name or address of the interface.
    pub host: String,
    /// 0 for any that is free.
    pub port: u16,
    /// What every absolute URL begins with; the listening address when not given. Without a slash at its end.
    pub public_url: Option<String>,
    /// Web pages of these origins may call.
    pub cors_origins: Vec<String>,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
}

/// Where things are kept.
#[derive(Debug)]
pub struct Database {
    /// `sqlite://PATH` or `postgresql://…`; may carry a password.
    pub url: SecretString,
    /// How many connections read at once.
    pub connections: u32,
    /// Where files of ours go: beside the SQLite database, else `data`.
    pub folder: PathBuf,
}

/// Logins.
#[derive(Debug)]
pub struct Login {
    /// The key that was chosen to sign tokens with; else one is made in the data folder.
    chosen_key: Option<SecretString>,
    /// For how long tokens are good.
    pub lifetimes: Lifetimes,
    /// Rounds of bcrypt, as a power of two.
    pub bcrypt_cost: u32,
    /// The page where a new password is chosen; one of our own when not given.
    pub password_reset_url: Option<String>,
}

/// How it logs.
#[derive(Debug)]
pub struct Log {
    /// Pretty or JSON; by what standard output is, when not given.
    pub format: Option<LogFormat>,
    /// What to log, in the words of `RUST_LOG`.
    pub filter: Option<String>,
}

/// What log lines look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// For machines, one object a line.
    Json,
}

impl Settings {
    /// Reads everything, or says everything that is wrong.
    pub fn load(places: &Places) -> Result<Self> {
        let mut problems = Vec::new();
        let values = places.read(&mut problems)?;
        let mut reading = Reading { values, problems };
        let settings = Self::read(&mut reading);
        if reading.problems.is_empty() { Ok(settings) } else { Err(Failure(reading.problems)) }
    }

    fn read(reading: &mut Reading) -> Self {
        let demo = reading.flag("HELPDESK_DEMO", false);
        let home = if demo { "acme-corp" } else { "default" };
        let database = Database::read(reading);
        Self {
            server: Server::read(reading),
            storage: storage::read(reading, &database.folder),
            database,
            login: Login::read(reading),
            mail: Mail::read(reading),
            workflow: Workflow::read(reading),
            webhook_allow_private: reading.flag("WEBHOOK_ALLOW_PRIVATE", false),
            rate_limits: rate_limits(reading),
            default_organization: reading.parsed(
                "DEFAULT_ORGANIZATION",
                "small letters and digits with hyphens between them",
                home.to_owned(),
                slug,
            ),
            demo,
            log: Log::read(reading),
            collector: Collector::read(reading),
            redis: reading.secret_url("REDIS_URL", &["redis://", "rediss://", "valkey://", "valkeys://"]),
        }
    }

    /// The key that tokens are signed with; made in the data folder when none was chosen.
    pub fn signing_key(&self) -> Result<SecretString> {
        self.login.chosen_key.clone().map_or_else(|| secret::kept_in(&self.database.folder), Ok)
    }
}

/// The text, if it is a slug.
fn slug(text: &str) -> Option<String> {
    (helpdesk_domain::kernel::text::slug(text) == text).then(|| text.to_owned())
}

impl Server {
    fn read(reading: &mut Reading) -> Self {
        let no_space = |text: &str| (!text.contains(char::is_whitespace)).then(|| text.to_owned());
        let origins = "a JSON array of origins, such as [\"https://desk.example.com\"]";
        let proxies = "addresses or networks, such as 10.0.0.0/8, with commas between them";
        Self {
            host: reading.parsed("HOST", "an address or a host name", "127.0.0.1".to_owned(), no_space),
            port: reading.number("PORT", 8000, 0..=65_535),
            public_url: reading.url("PUBLIC_URL", &["http://", "https://"]),
            cors_origins: reading.parsed("BACKEND_CORS_ORIGINS", origins, Vec::new(), cors_origins),
            trusted_proxies: reading.parsed("TRUSTED_PROXIES", proxies, Vec::new(), networks),
        }
    }

    /// What every absolute URL begins with when it listens on that port.
    pub fn public_url(&self, port: u16) -> String {
        let host = match self.host.as_str() {
            // Listening everywhere is no address to go to.
            "0.0.0.0" | "::" => "localhost".to_owned(),
            host if host.contains(':') => format!("[{host}]"),
            host => host.to_owned(),
        };
        self.public_url.clone().unwrap_or_else(|| format!("http://{host}:{port}"))
    }

    /// Whether only this machine can reach it.
    pub fn is_private(&self) -> bool {
        self.host == "localhost" || self.host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    }
}

fn cors_origins(text: &str) -> Option<Vec<String>> {
    let origins: Vec<String> = serde_json::from_str(text).ok()?;
    let good = |origin: &String| origin.starts_with("http://") || origin.starts_with("https://");
    origins.iter().all(good).then(|| origins.iter().map(|origin| origin.trim_end_matches('/').to_owned()).collect())
}

fn networks(text: &str) -> Option<Vec<IpNet>> {
    let list: Vec<String> = serde_json::from_str(text).unwrap_or_else(|_| text.split(',').map(str::to_owned).collect());
    let network = |text: &String| {
        let text = text.trim();
        text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from))
    };
    list.iter().map(network).collect()
}

impl Database {
    fn read(reading: &mut Reading) -> Self {
        let schemes = ["sqlite://", "postgresql://", "postgres://"];
        let url = reading.secret_url("DATABASE_URL", &schemes);
        let url = url.unwrap_or_else(|| "sqlite://data/helpdesk.db".into());
        let folder = data_folder(url.expose_secret());
        Self { url, connections: reading.number("DATABASE_CONNECTIONS", 8, 2..=1_000), folder }
    }
}

/// Where the SQLite database is, else `data`.
fn data_folder(url: &str) -> PathBuf {
    let file = url.strip_prefix("sqlite://").map(|rest| rest.split('?').next().unwrap_or(rest));
    let folder = file.and_then(|file| Path::new(file).parent().map(Path::to_path_buf));
    match folder {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder,
        None => PathBuf::from("data"),
    }
}

impl Login {
    fn read(reading: &mut Reading) -> Self {
        let name = if reading.text("JWT_SECRET_KEY").is_some() { "JWT_SECRET_KEY" } else { "SECRET_KEY" };
        let chosen_key = reading.secret(name);
        if let Some(weakness) = chosen_key.as_ref().and_then(|key| secret::weakness(key.expose_secret())) {
            reading.problems.push(format!("{name} {weakness}."));
        }
        let refresh_days = reading.number("REFRESH_TOKEN_EXPIRE_DAYS", 7, 1..=3_650);
        Self {
            chosen_key,
            lifetimes: Lifetimes {
                access_minutes: reading.number("ACCESS_TOKEN_EXPIRE_MINUTES", 30, 1..=525_600),
                refresh_days,
                remember_days: refresh_days.max(30),
            },
            bcrypt_cost: reading.number("BCRYPT_COST", 12, 4..=31),
            password_reset_url: reading.url("PASSWORD_RESET_URL", &["http://", "https://"]),
        }
    }
}

/// The classes and numbers of seed 001 for platform, of seed 002 for classic.
fn rate_limits(reading: &mut Reading) -> RateLimits {
    RateLimits {
        enabled: reading.flag("RATE_LIMIT_ENABLED", true),
        read: reading.rate("RATE_LIMIT_READ", 1000, 3_600),
        write: reading.rate("RATE_LIMIT_WRITE", 100, 3_600),
        search: reading.rate("RATE_LIMIT_SEARCH", 200, 3_600),
        upload: reading.rate("RATE_LIMIT_UPLOAD", 50, 3_600),
        auth: reading.rate("RATE_LIMIT_AUTH", 5, 60),
        auth_address: reading.rate("RATE_LIMIT_AUTH_ADDRESS", 60, 60),
        auth_account: reading.rate("RATE_LIMIT_AUTH_ACCOUNT", 20, 60),
        classic_user: reading.rate("RATE_LIMIT_CLASSIC_USER", 1000, 3_600),
        classic_anonymous: reading.rate("RATE_LIMIT_CLASSIC_ANONYMOUS", 100, 3_600),
    }
}

impl Log {
    fn read(reading: &mut Reading) -> Self {
        let format = reading.optional("LOG_FORMAT", "pretty or json", |text| match text {
            "pretty" => Some(LogFormat::Pretty),
            "json" => Some(LogFormat::Json),
            _ => None,
        });
        Self { format, filter: reading.text("RUST_LOG") }
    }
}
