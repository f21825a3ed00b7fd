//! The way to other programs: messages posted as Standard Webhooks says (standardwebhooks.com).

mod address;
mod endpoints;
mod poster;

pub use endpoints::PublicEndpoints;
pub use poster::{Poster, Unready};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// How a secret begins that says its key in base64.
const PREFIX: &str = "whsec_";

/// `whsec_` and base64, or the key itself.
fn key(secret: &str) -> Vec<u8> {
    let coded = secret.strip_prefix(PREFIX).and_then(|coded| STANDARD.decode(coded).ok());
    coded.unwrap_or_else(|| secret.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_secret_is_whsec_and_base64_or_the_key_itself() {
        assert_eq!(key("whsec_a2V5"), b"key");
        assert_eq!(key("a2V5"), b"a2V5");
        assert_eq!(key("whsec_not base64"), b"whsec_not base64");
    }
}
