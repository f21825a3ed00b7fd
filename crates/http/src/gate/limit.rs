//! How many requests are too many. The counting is `governor`'s.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use async_trait::async_trait;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::UserId;

use super::multipart::is_form;
use crate::problem::Problem;
use crate::settings::{Rate, RateLimits};

type Keyed = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// What a request counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Reading.
    Read,
    /// Writing.
    Write,
    /// Searching.
    Search,
    /// Uploading.
    Upload,
}

/// How a dialect counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Reading, writing, searching and uploading each for itself (seed 001).
    ByClass,
    /// Everything together, more of it with a login (seed 002).
    Flat,
}

/// What a request counts as by its method and its query.
pub fn class(request: &ServiceRequest) -> Option<Class> {
    match *request.method() {
        Method::OPTIONS => None,
        Method::GET | Method::HEAD if request.query_string().contains("search=") => Some(Class::Search),
        Method::GET | Method::HEAD => Some(Class::Read),
        _ if is_form(request) => Some(Class::Upload),
        _ => Some(Class::Write),
    }
}

/// Limits that several processes count together.
#[async_trait]
pub trait SharedLimits: Send + Sync {
    /// Counts one more under that key: `count` at once, then one for each `interval`. None when that cannot be told now:
    /// each process counts for itself then.
    async fn take(&self, key: &str, count: u32, interval: Duration) -> Option<Shared>;
}

/// What is left of a limit that is counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// How many more fit now.
    pub remaining: u32,
    /// How long to wait, where it did not fit.
    pub wait: Option<Duration>,
}

/// How much is left of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    limit: u32,
    remaining: u32,
    full_in: Duration,
    /// Seconds to wait, when nothing is left.
    pub retry_after: Option<u64>,
}

/// The limits and what has been used of them.
pub struct Limits {
    enabled: bool,
    shared: Option<Arc<dyn SharedLimits>>,
    read: Limit,
    write: Limit,
    search: Limit,
    upload: Limit,
    auth: Limit,
    auth_address: Limit,
    auth_account: Limit,
    classic_user: Limit,
    classic_anonymous: Limit,
}

struct Limit {
    name: &'static str,
    count: u32,
    interval: Duration,
    used: Keyed,
}

impl Limit {
    fn new(name: &'static str, rate: Rate) -> Self {
        let count = rate.count.max(1);
        let interval = (rate.period / count).max(Duration::from_nanos(1));
        let burst = std::num::NonZeroU32::new(count).unwrap_or(std::num::NonZeroU32::MIN);
        let quota = Quota::with_period(interval).unwrap_or_else(|| Quota::per_second(burst)).allow_burst(burst);
        let used = RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>();
        Self { name, count, interval, used }
    }

    async fn take(&self, shared: Option<&Arc<dyn SharedLimits>>, key: &str) -> Allowance {
        if let Some(shared) = shared
            && let Some(Shared { remaining, wait }) =
                shared.take(&format!("{}:{key}", self.name), self.count, self.interval).await
        {
            return self.allowance(remaining, wait.map(|wait| wait.as_secs() + 1));
        }
        match self.used.check_key(&key.to_owned()) {
            Ok(state) => self.allowance(state.remaining_burst_capacity(), None),
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                self.allowance(0, Some(wait.as_secs() + 1))
            }
        }
    }

    fn allowance(&self, remaining: u32, retry_after: Option<u64>) -> Allowance {
        let full_in = self.interval * (self.count - remaining.min(self.count));
        Allowance { limit: self.count, remaining, full_in, retry_after }
    }
}

impl Limits {
    /// Nothing used yet in this process. With `shared` all processes count together.
    pub fn new(limits: &RateLimits, shared: Option<Arc<dyn SharedLimits>>) -> Self {
        let RateLimits {
            enabled,
            read,
            write,
            search,
            upload,
            auth,
            auth_address,
            auth_account,
            classic_user,
            classic_anonymous,
        } = *limits;
        Self {
            enabled,
            shared,
            read: Limit::new("read", read),
            write: Limit::new("write", write),
            search: Limit::new("search", search),
            upload: Limit::new("upload", upload),
            auth: Limit::new("auth", auth),
            auth_address: Limit::new("auth_address", auth_address),
            auth_account: Limit::new("auth_account", auth_account),
            classic_user: Limit::new("classic_user", classic_user),
            classic_anonymous: Limit::new("classic_anonymous", classic_anonymous),
        }
    }

    /// Counts a request; none when nothing is limited. Everybody is counted by account, strangers by address.
    pub async fn take(&self, plan: Plan, user: Option<UserId>, class: Class, address: IpAddr) -> Option<Allowance> {
        if !self.enabled {
            return None;
        }
        let limit = match (plan, class) {
            (Plan::Flat, _) if user.is_some() => &self.classic_user,
            (Plan::Flat, _) => &self.classic_anonymous,
            (Plan::ByClass, Class::Read) => &self.read,
            (Plan::ByClass, Class::Write) => &self.write,
            (Plan::ByClass, Class::Search) => &self.search,
            (Plan::ByClass, Class::Upload) => &self.upload,
        };
        let key = user.map_or_else(|| address.to_string(), |user| user.to_string());
        Some(limit.take(self.shared.as_ref(), &key).await)
    }

    /// Counts a knock at a door where credentials are tried: per address and account, per address, and per account.
    pub async fn knock(&self, address: IpAddr, account: Option<&str>) -> Option<Allowance> {
        if !self.enabled {
            return None;
        }
        let shared = self.shared.as_ref();
        let mut counted = vec![self.auth_address.take(shared, &address.to_string()).await];
        if let Some(account) = account.map(str::to_lowercase) {
            counted.push(self.auth.take(shared, &format!("{address} {account}")).await);
            counted.push(self.auth_account.take(shared, &account).await);
        }
        counted.into_iter().min_by_key(|left| (left.retry_after.is_none(), left.remaining))
    }

    /// Forgets whose limits are full again, so that memory does not grow with everybody who ever called.
    pub fn tidy(&self) {
        for limit in [
            &self.read,
            &self.write,
            &self.search,
            &self.upload,
            &self.auth,
            &self.auth_address,
            &self.auth_account,
            &self.classic_user,
            &self.classic_anonymous,
        ] {
            limit.used.retain_recent();
        }
    }
}

impl Allowance {
    /// Refuses when nothing is left.
    pub fn check(self) -> Result<Self, Problem> {
        self.retry_after.map_or(Ok(self), |wait| Err(Problem::too_many(wait)))
    }

    /// Says it in the answer: how many, how many are left, and when all are there again (Unix seconds).
    pub fn tell(self, headers: &mut HeaderMap, now: Moment) {
        let reset = now.timestamp() + i64::try_from(self.full_in.as_secs() + 1).unwrap_or_default();
        let mut say = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        say("x-ratelimit-limit", self.limit.to_string());
        say("x-ratelimit-remaining", self.remaining.to_string());
        say("x-ratelimit-reset", reset.to_string());
        if let Some(wait) = self.retry_after {
            say("retry-after", wait.to_string());
        }
    }
}
