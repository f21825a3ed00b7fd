//! Secrets that are given out: made from a key, kept as digests.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use helpdesk_domain::identity::SecretDigest;
use helpdesk_domain::identity::port::Secrets;
use helpdesk_domain::kernel::id::{ResetId, SessionId, UserId};
use helpdesk_domain::mail::MailKind;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Secrets made from the key that tokens are signed with. What a secret is for goes into it, so that none does for another.
pub struct KeyedSecrets {
    key: SecretString,
}

impl KeyedSecrets {
    /// Secrets of this key.
    pub fn new(key: SecretString) -> Self {
        Self { key }
    }

    fn made(&self, purpose: &str, of: &[u8]) -> String {
        // HMAC takes a key of any length.
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(self.key.expose_secret().as_bytes()) else { return String::new() };
        let whole = mac.chain_update(purpose.as_bytes()).chain_update([0]).chain_update(of);
        URL_SAFE_NO_PAD.encode(whole.finalize().into_bytes())
    }
}

impl Secrets for KeyedSecrets {
    fn of_reset(&self, reset: ResetId) -> String {
        self.made("password reset", reset.0.as_bytes())
    }

    fn of_unsubscribe(&self, user: UserId, kind: MailKind) -> String {
        self.made("unsubscribe", format!("{user} {}", kind.word()).as_bytes())
    }

    fn fresh(&self) -> String {
        URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
    }

    fn of_session(&self, session: SessionId) -> String {
        self.made("cookie of a session", session.0.as_bytes())
    }

    fn digest(&self, secret: &str) -> SecretDigest {
        SecretDigest(Sha256::digest(secret.as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn secrets(key: &str) -> KeyedSecrets {
        KeyedSecrets::new(key.to_owned().into())
    }

    #[test]
    fn the_secret_of_a_reset_is_the_same_each_time_and_no_other_reset_has_it() {
        let (one, other) = (ResetId(Uuid::from_u128(1)), ResetId(Uuid::from_u128(2)));
        assert_eq!(secrets("k").of_reset(one), secrets("k").of_reset(one));
        assert_ne!(secrets("k").of_reset(one), secrets("k").of_reset(other));
        assert_eq!(secrets("k").of_reset(one).len(), 43);
    }

    #[test]
    fn without_the_key_the_secret_of_a_reset_is_another() {
        let reset = ResetId(Uuid::from_u128(1));
        assert_ne!(secrets("k").of_reset(reset), secrets("another k").of_reset(reset));
    }
}
