//! How often: `N/PERIOD`.

use std::time::Duration;

/// So many in so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many; at least 1.
    pub count: u32,
    /// In how long.
    pub period: Duration,
}

impl Rate {
    /// So many in so many seconds.
    pub const fn new(count: u32, seconds: u64) -> Self {
        Self { count, period: Duration::from_secs(seconds) }
    }

    /// Reads `5/minute`, `1000/hour`, `20/day`, `3/second`, `5/60` (seconds) or `5/60s`.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, period) = text.split_once('/')?;
        let count = count.trim().parse().ok().filter(|count| *count > 0)?;
        let period = period.trim().to_ascii_lowercase();
        let seconds = match period.as_str() {
            "s" | "second" => 1,
            "m" | "minute" => 60,
            "h" | "hour" => 3_600,
            "d" | "day" => 86_400,
            number => number.strip_suffix('s').unwrap_or(number).parse().ok().filter(|seconds| *seconds > 0)?,
        };
        Some(Self::new(count, seconds))
    }
}

/// How often each class of requests may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Whether anything is limited.
    pub enabled: bool,
    /// Reading (seed 001).
    pub read: Rate,
    /// Writing (seed 001).
    pub write: Rate,
    /// Searching (seed 001).
    pub search: Rate,
    /// Sending files (seed 001).
    pub upload: Rate,
    /// Credentials, per address and account.
    pub auth: Rate,
    /// Credentials, per address.
    pub auth_address: Rate,
    /// Credentials, per account.
    pub auth_account: Rate,
    /// Anything in classic by somebody who is logged in (seed 002).
    pub classic_user: Rate,
    /// Anything in classic by anybody else (seed 002).
    pub classic_anonymous: Rate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_a_slash_and_a_period() {
        assert_eq!(Rate::parse("1000/hour"), Some(Rate::new(1000, 3_600)));
        assert_eq!(Rate::parse("5 / minute"), Some(Rate::new(5, 60)));
        assert_eq!(Rate::parse("5/60"), Some(Rate::new(5, 60)));
        assert_eq!(Rate::parse("5/90s"), Some(Rate::new(5, 90)));
    }

    #[test]
    fn nothing_else_is_a_rate() {
        for bad in ["", "5", "5/", "/hour", "0/hour", "-1/hour", "5/fortnight", "5/0", "many/hour"] {
            assert_eq!(Rate::parse(bad), None, "{bad}");
        }
    }
}
