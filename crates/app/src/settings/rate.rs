//! How often: `N/PERIOD`.

use std::time::Duration;

use helpdesk_http::Rate;

/// So many in so many seconds.
pub(super) const fn rate(count: u32, seconds: u64) -> Rate {
    Rate { count, period: Duration::from_secs(seconds) }
}

/// Reads `5/minute`, `1000/hour`, `20/day`, `3/second`, `5/60` (seconds) or `5/60s`.
pub(super) fn parse(text: &str) -> Option<Rate> {
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
    Some(rate(count, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_a_slash_and_a_period() {
        assert_eq!(parse("1000/hour"), Some(rate(1000, 3_600)));
        assert_eq!(parse("5 / minute"), Some(rate(5, 60)));
        assert_eq!(parse("5/60"), Some(rate(5, 60)));
        assert_eq!(parse("5/90s"), Some(rate(5, 90)));
    }

    #[test]
    fn nothing_else_is_a_rate() {
        for bad in ["", "5", "5/", "/hour", "0/hour", "-1/hour", "5/fortnight", "5/0", "many/hour"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
