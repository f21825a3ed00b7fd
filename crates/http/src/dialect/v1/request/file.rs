//! Forms with files, as they are described; they are read by [`crate::gate::multipart`].

use utoipa::ToSchema;

/// Files for a ticket: `file`, once or up to ten times, 25 MB each.
#[derive(ToSchema)]
pub struct AttachmentForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// What is to be seen in it.
    pub description: Option<String>,
    /// A word of the client's own; 100 characters.
    #[schema(max_length = 100)]
    pub category: Option<String>,
    /// A comment of the caller's on the ticket that the files belong to.
    pub comment: Option<String>,
}

/// A file of one's own, 25 MB at most.
#[derive(ToSchema)]
pub struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// What is to be seen in it.
    pub description: Option<String>,
    /// A word of the client's own; 100 characters.
    #[schema(max_length = 100)]
    pub category: Option<String>,
}

/// A picture, PNG or JPEG, 2 MB at most; it becomes 1024 by 1024 pixels.
#[derive(ToSchema)]
pub struct ImageForm {
    /// The picture.
    #[schema(value_type = String, format = Binary)]
    pub image: Vec<u8>,
}
