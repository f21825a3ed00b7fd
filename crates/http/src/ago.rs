//! How long ago, as people say it.

use helpdesk_domain::kernel::Moment;

/// "2 hours ago"; the largest unit that fits, rounded down.
pub fn since(then: Moment, now: Moment) -> String {
    let seconds = (now - then).num_seconds().max(0);
    let units = [("year", 31_536_000), ("month", 2_592_000), ("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60)];
    let found = units.iter().find(|(_, length)| seconds >= *length);
    found.map_or_else(
        || "just now".to_owned(),
        |(unit, length)| {
            let count = seconds / length;
            format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
        },
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn the_largest_unit_is_said() {
        let now = Moment::UNIX_EPOCH + TimeDelta::days(1000);
        for (ago, said) in [(5, "just now"), (60, "1 minute ago"), (7300, "2 hours ago"), (86_400 * 8, "1 week ago")] {
            assert_eq!(since(now - TimeDelta::seconds(ago), now), said);
        }
    }
}
