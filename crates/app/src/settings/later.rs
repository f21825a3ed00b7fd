//! Settings of features that are not there yet.

use super::reading::Reading;

/// Settings of features that are not there yet: accepted and checked, so that a configuration can be complete today.
#[derive(Debug, Default)]
pub struct Later {
    /// Names of those that were given and have no effect yet.
    pub without_effect: Vec<&'static str>,
}

impl Later {
    pub(super) fn read(reading: &mut Reading) -> Self {
        reading.secret_url("REDIS_URL", &["redis://", "rediss://", "valkey://", "unix://"]);
        let given = |name: &&&str| reading.text(name).is_some();
        let without_effect: Vec<_> = FOR_LATER.iter().filter(given).copied().collect();
        Self { without_effect }
    }
}

/// Settings that nothing uses yet.
const FOR_LATER: &[&str] = &["REDIS_URL"];
