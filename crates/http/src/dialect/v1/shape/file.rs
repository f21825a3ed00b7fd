//! Files.

use chrono::{DateTime, Utc};
use helpdesk_domain::attachment::FileView;
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A file: on a ticket, or its uploader's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct File<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    #[schema(example = "screenshot.png")]
    pub file_name: String,
    /// What it is, judged by its content.
    #[schema(example = "image/png")]
    pub file_type: String,
    /// Bytes.
    pub file_size: u64,
    /// What is to be seen in it.
    pub description: String,
    /// A word of the client's own.
    pub category: String,
    /// Where its content is; good for the reader, for about an hour.
    pub url: String,
    /// Who brought it.
    pub uploaded_by: K::Person,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl<K: Key> Shows<FileView> for File<K> {
    fn show(view: &FileView, seen: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            file_name: view.name.clone(),
            file_type: view.media_type.clone(),
            file_size: view.size,
            description: view.description.clone(),
            category: view.category.clone(),
            url: seen.url(&view.object),
            uploaded_by: K::Person::from(&view.uploaded_by),
            created_at: view.created_at,
        }
    }
}
