//! Signed links: who, in which organization, until when; with a MAC over that and the object.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use helpdesk_domain::attachment::port::{Addresses, LinkSigner};
use helpdesk_domain::attachment::{Link, ObjectKey};
use helpdesk_domain::kernel::id::{OrganizationId, UserId};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

/// What is signed begins with this, so that no other signature of the same key is ever one of a link.
const LABEL: &[u8] = b"helpdesk link\0";
/// Bytes of reader, organization and end.
const SAYS: usize = 16 + 16 + 8;

/// Links signed with one key.
pub struct SignedLinks(SecretString);

impl SignedLinks {
    /// Links signed with this key.
    pub fn new(key: &SecretString) -> Self {
        Self(key.clone())
    }

    fn mac(&self, says: &[u8], object: &ObjectKey) -> Option<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret().as_bytes()).ok()?;
        Some(mac.chain_update(LABEL).chain_update(says).chain_update(object.as_str()))
    }
}

impl LinkSigner for SignedLinks {
    fn sign(&self, link: &Link) -> String {
        let Link { object, reader, organization, expires_at } = link;
        let mut token = Vec::with_capacity(SAYS + 32);
        token.extend(reader.0.as_bytes());
        token.extend(organization.0.as_bytes());
        token.extend(expires_at.timestamp().to_be_bytes());
        // An HMAC takes keys of any length.
        if let Some(mac) = self.mac(&token, object) {
            token.extend(mac.finalize().into_bytes());
        }
        URL_SAFE_NO_PAD.encode(token)
    }

    fn read(&self, token: &str, object: &ObjectKey) -> Option<Link> {
        let token = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (says, signature) = token.split_at_checked(SAYS)?;
        self.mac(says, object)?.verify_slice(signature).ok()?;
        let (reader, rest) = says.split_at_checked(16)?;
        let (organization, end) = rest.split_at_checked(16)?;
        Some(Link {
            object: object.clone(),
            reader: UserId(Uuid::from_slice(reader).ok()?),
            organization: OrganizationId(Uuid::from_slice(organization).ok()?),
            expires_at: DateTime::from_timestamp(i64::from_be_bytes(end.try_into().ok()?), 0)?,
        })
    }
}

/// Addresses of contents, at a server that is reached there.
pub struct PublicLinks {
    /// What every absolute URL begins with, without a slash at its end.
    pub public_url: String,
    /// Signs them.
    pub links: SignedLinks,
}

impl Addresses for PublicLinks {
    fn of(&self, link: &Link) -> String {
        format!("{}/media/{}?token={}", self.public_url, link.object.as_str(), self.links.sign(link))
    }
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::attachment::Folder;
    use helpdesk_domain::testing::{a_customer, minutes};

    use super::*;

    fn links() -> SignedLinks {
        SignedLinks::new(&"0123456789abcdef0123456789abcdef".into())
    }

    fn object(id: u128) -> ObjectKey {
        ObjectKey::new(Folder::Attachments, Uuid::from_u128(id), "png")
    }

    #[test]
    fn a_link_says_what_was_put_into_it_and_is_the_same_each_time() {
        let link = Link::to(&object(1), &a_customer(), minutes(7));
        assert_eq!(links().read(&links().sign(&link), &object(1)), Some(link.clone()));
        assert_eq!(links().sign(&link), links().sign(&link));
    }

    #[test]
    fn a_link_is_good_for_its_object_and_its_key_alone() {
        let token = links().sign(&Link::to(&object(1), &a_customer(), minutes(7)));
        assert_eq!(links().read(&token, &object(2)), None);
        assert_eq!(SignedLinks::new(&"another key another key another k".into()).read(&token, &object(1)), None);
    }

    #[test]
    fn what_was_changed_or_is_no_link_at_all_is_not_ours() {
        let token = links().sign(&Link::to(&object(1), &a_customer(), minutes(7)));
        let changed = format!("{}{}", if token.starts_with('A') { "B" } else { "A" }, token.get(1..).unwrap());
        for nonsense in [changed.as_str(), token.get(..60).unwrap(), "", "a", "ü", "eyJhbGciOiJIUzI1NiJ9.e30.x"] {
            assert_eq!(links().read(nonsense, &object(1)), None, "{nonsense}");
        }
    }
}
