//! Where the contents of files are kept.

use std::path::Path;

use helpdesk_outbound::Place;

use super::reading::Reading;

/// The place that was named, else a folder beside our other files.
pub(super) fn read(reading: &mut Reading, data: &Path) -> Place {
    let wanted = "file:// and a folder, or s3:// and a bucket with or without a prefix";
    reading.parsed("STORAGE_URL", wanted, Place::Folder(data.join("files")), place)
}

fn place(url: &str) -> Option<Place> {
    if let Some(folder) = url.strip_prefix("file://") {
        return (!folder.is_empty()).then(|| Place::Folder(folder.into()));
    }
    let (name, prefix) = url.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    is_plain.then(|| Place::Bucket { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_kept_in_a_folder_or_in_a_bucket() {
        assert_eq!(place("file://data/files"), Some(Place::Folder("data/files".into())));
        assert_eq!(place("file:///var/lib/desk"), Some(Place::Folder("/var/lib/desk".into())));
        let bucket = |name: &str, prefix: &str| Some(Place::Bucket { name: name.into(), prefix: prefix.into() });
        assert_eq!(place("s3://desk"), bucket("desk", ""));
        assert_eq!(place("s3://desk.files/acme/2025/"), bucket("desk.files", "acme/2025"));
        for nonsense in ["", "file://", "s3://", "s3:///x", "s3://a b", "ftp://x", "data/files"] {
            assert_eq!(place(nonsense), None, "{nonsense}");
        }
    }
}
