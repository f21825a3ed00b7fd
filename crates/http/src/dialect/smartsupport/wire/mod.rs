//! What smartsupport answers.

pub mod action;
pub mod details;
pub mod employee;
pub mod ticket;

use chrono::{DateTime, Utc};
use helpdesk_domain::attachment::FileView;
use serde::Serialize;
use utoipa::ToSchema;

use crate::gate::Seen;

/// A sentence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Detail {
    /// What came of it.
    pub detail: &'static str,
}

/// A file on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attachment {
    /// Integer.
    pub id: i64,
    /// Where its content is; good for the reader, for about an hour.
    pub file: String,
    /// What it is called.
    #[schema(example = "screenshot.png")]
    pub file_name: String,
    /// What it is, judged by its content.
    #[schema(example = "image/png")]
    pub file_type: String,
    /// Bytes.
    pub file_size: u64,
    /// When it came.
    pub upload_date: DateTime<Utc>,
}

impl Attachment {
    /// The files, as a reader is shown them.
    pub fn all(files: &[FileView], seen: &Seen<'_>) -> Vec<Self> {
        let show = |file: &FileView| Self {
            id: file.serial,
            file: seen.url(&file.object),
            file_name: file.name.clone(),
            file_type: file.media_type.clone(),
            file_size: file.size,
            upload_date: file.created_at,
        };
        files.iter().map(show).collect()
    }
}
