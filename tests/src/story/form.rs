//! Forms with files, byte by byte.

/// A `multipart/form-data` body that is being written.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<u8>);

/// What stands between its fields.
pub const BOUNDARY: &str = "----a-boundary-that-no-file-has";

impl Form {
    /// A form with one file.
    pub fn with_file(field: &str, name: &str, content: impl AsRef<[u8]>) -> Self {
        Self::default().file(field, name, content)
    }

    /// A file more.
    #[must_use]
    pub fn file(mut self, field: &str, name: &str, content: impl AsRef<[u8]>) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        self.0.extend(head.as_bytes());
        self.0.extend(content.as_ref());
        self.0.extend(b"\r\n");
        self
    }

    /// A field of text more.
    #[must_use]
    pub fn text(mut self, field: &str, text: &str) -> Self {
        let field = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n");
        self.0.extend(field.as_bytes());
        self
    }

    /// Its media type.
    pub fn kind() -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    /// All of it.
    pub fn bytes(&self) -> Vec<u8> {
        [self.0.as_slice(), format!("--{BOUNDARY}--\r\n").as_bytes()].concat()
    }

    /// All of it but its end.
    pub fn cut(&self) -> Vec<u8> {
        self.0.get(..self.0.len().saturating_sub(20)).unwrap_or_default().to_vec()
    }
}
