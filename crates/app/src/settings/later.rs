//! Settings of features that are not there yet.

use std::path::PathBuf;

use secrecy::ExposeSecret;

use super::reading::Reading;

/// Settings of features that are not there yet: accepted and checked, so that a configuration can be complete today.
#[derive(Debug, Default)]
pub struct Later {
    /// Names of those that were given and have no effect yet.
    pub without_effect: Vec<&'static str>,
    /// Where files will be kept, if in a folder that was named.
    pub storage_folder: Option<PathBuf>,
}

impl Later {
    pub(super) fn read(reading: &mut Reading) -> Self {
        reading.secret_url("REDIS_URL", &["redis://", "rediss://", "valkey://", "unix://"]);
        let storage = reading.secret_url("STORAGE_URL", &["file://", "s3://"]);
        let folder = storage.as_ref().and_then(|url| url.expose_secret().strip_prefix("file://")).map(PathBuf::from);
        reading.flag("WEBHOOK_ALLOW_PRIVATE", false);
        let given = |name: &&&str| reading.text(name).is_some();
        let without_effect: Vec<_> = FOR_LATER.iter().filter(given).copied().collect();
        Self { without_effect, storage_folder: folder }
    }
}

/// Settings that nothing uses yet.
const FOR_LATER: &[&str] = &["REDIS_URL", "STORAGE_URL", "WEBHOOK_ALLOW_PRIVATE"];
