//! What makes a form with files the same form, whatever its boundary: its fields in their order.

use actix_multipart::Field;
use actix_web::{HttpMessage, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use helpdesk_domain::kernel::Fingerprint;
use sha2::{Digest, Sha256};

use super::caller::Found;

/// Takes a form in as it comes: a hash of the hashes of names and contents, so that no content can pass for the name of
/// the next field.
pub struct FormDigest {
    fingerprint: Fingerprint,
    whole: Sha256,
    content: Sha256,
}

impl FormDigest {
    /// For the claim that the request makes; none without one.
    pub fn wanted_by(request: &HttpRequest) -> Option<Box<Self>> {
        let extensions = request.extensions();
        let claim = extensions.get::<Found>()?.actor.as_ref().ok()?.claim.as_ref()?;
        Some(Box::new(Self { fingerprint: claim.fingerprint.clone(), whole: Sha256::new(), content: Sha256::new() }))
    }

    /// A field begins, and the one before it has ended.
    pub fn begin(&mut self, field: &Field) {
        self.close();
        let file = field.content_disposition().and_then(|disposition| disposition.get_filename());
        for name in [field.name(), file] {
            self.whole.update(Sha256::digest(name.unwrap_or_default()));
        }
    }

    /// More of the field's content.
    pub fn take(&mut self, bytes: &[u8]) {
        self.content.update(bytes);
    }

    /// The form has come to its end.
    pub fn end(mut self) {
        self.close();
        self.fingerprint.found(URL_SAFE_NO_PAD.encode(self.whole.finalize()));
    }

    fn close(&mut self) {
        self.whole.update(self.content.finalize_reset());
    }
}
