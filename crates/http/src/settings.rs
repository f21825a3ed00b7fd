//! What the adapter is told from outside.

use std::time::Duration;

use ipnet::IpNet;

/// How the API is served.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// What every absolute URL begins with, without a slash at the end.
    pub public_url: String,
    /// Origins of browsers that may call.
    pub cors_origins: Vec<String>,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// How many requests are too many.
    pub rate_limits: RateLimits,
    /// After which a request is given up.
    pub request_timeout: Duration,
    /// After which an upload is given up.
    pub upload_timeout: Duration,
    /// Most bytes of a JSON body.
    pub json_limit: usize,
}

/// So many in so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub count: u32,
    /// In how long.
    pub period: Duration,
}

/// How many requests of each class are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Whether anything is limited at all.
    pub enabled: bool,
    /// Reading (seed 001).
    pub read: Rate,
    /// Writing (seed 001).
    pub write: Rate,
    /// Searching (seed 001).
    pub search: Rate,
    /// Uploading (seed 001).
    pub upload: Rate,
    /// Logging in, per address and account.
    pub auth: Rate,
    /// Logging in, per address.
    pub auth_address: Rate,
    /// Logging in, per account.
    pub auth_account: Rate,
    /// Anything in classic with a login (seed 002).
    pub classic_user: Rate,
    /// Anything in classic without (seed 002).
    pub classic_anonymous: Rate,
}

impl Default for RateLimits {
    fn default() -> Self {
        let hourly = |count| Rate { count, period: Duration::from_hours(1) };
        let a_minute = |count| Rate { count, period: Duration::from_mins(1) };
        Self {
            enabled: true,
            read: hourly(1000),
            write: hourly(100),
            search: hourly(200),
            upload: hourly(50),
            auth: a_minute(5),
            auth_address: a_minute(60),
            auth_account: a_minute(20),
            classic_user: hourly(1000),
            classic_anonymous: hourly(100),
        }
    }
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8000".to_owned(),
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            rate_limits: RateLimits::default(),
            request_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_mins(10),
            json_limit: 1024 * 1024,
        }
    }
}
