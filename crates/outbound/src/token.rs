//! Signed tokens: JSON Web Tokens, HS256.

use chrono::DateTime;
use helpdesk_domain::identity::port::TokenIssuer;
use helpdesk_domain::identity::{Claims, TokenUse};
use helpdesk_domain::kernel::id::{SessionId, UserId};
use helpdesk_domain::kernel::{Moment, StoreError};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Fewest bytes of a signing key: as many as the signature has (RFC 7518).
pub const SHORTEST_KEY: usize = 32;

/// Tokens signed with one key.
pub struct Jwt {
    signing: EncodingKey,
    checking: DecodingKey,
    rules: Validation,
}

/// What stands in a token. `dialect` is the API that the login was made for.
#[derive(Serialize, Deserialize)]
struct Payload {
    sub: Uuid,
    sid: Uuid,
    jti: Uuid,
    typ: Kind,
    dialect: String,
    iat: i64,
    exp: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Access,
    Refresh,
    Cookie,
}

impl Jwt {
    /// Tokens signed with this key.
    pub fn new(key: &SecretString) -> Self {
        let key = key.expose_secret().as_bytes();
        // The signature and the algorithm are the library's to check; the end is ours, by the clock that we are given.
        let mut rules = Validation::new(Algorithm::HS256);
        rules.required_spec_claims.clear();
        rules.validate_exp = false;
        rules.validate_aud = false;
        rules.leeway = 0;
        Self { signing: EncodingKey::from_secret(key), checking: DecodingKey::from_secret(key), rules }
    }
}

impl TokenIssuer for Jwt {
    fn issue(&self, claims: &Claims) -> Result<String, StoreError> {
        let Claims { id, usage, session, user, audience, issued_at, expires_at } = claims;
        let payload = Payload {
            sub: user.0,
            sid: session.0,
            jti: *id,
            typ: match usage {
                TokenUse::Access => Kind::Access,
                TokenUse::Refresh => Kind::Refresh,
                TokenUse::Cookie => Kind::Cookie,
            },
            dialect: audience.clone(),
            iat: issued_at.timestamp(),
            exp: expires_at.timestamp(),
        };
        encode(&Header::new(Algorithm::HS256), &payload, &self.signing).map_err(|error| StoreError::Bug(Box::new(error)))
    }

    fn read(&self, token: &str, now: Moment) -> Option<Claims> {
        let Payload { sub, sid, jti, typ, dialect, iat, exp } = decode(token, &self.checking, &self.rules).ok()?.claims;
        let claims = Claims {
            id: jti,
            usage: match typ {
                Kind::Access => TokenUse::Access,
                Kind::Refresh => TokenUse::Refresh,
                Kind::Cookie => TokenUse::Cookie,
            },
            session: SessionId(sid),
            user: UserId(sub),
            audience: dialect,
            issued_at: moment(iat)?,
            expires_at: moment(exp)?,
        };
        (now < claims.expires_at).then_some(claims)
    }
}

/// Tokens count whole seconds.
fn moment(seconds: i64) -> Option<Moment> {
    DateTime::from_timestamp(seconds, 0)
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::testing::minutes;

    use super::*;

    fn jwt() -> Jwt {
        Jwt::new(&"0123456789abcdef0123456789abcdef".into())
    }

    fn claims(usage: TokenUse) -> Claims {
        Claims {
            id: Uuid::from_u128(1),
            usage,
            session: SessionId(Uuid::from_u128(2)),
            user: UserId(Uuid::from_u128(3)),
            audience: "classic".into(),
            issued_at: minutes(10),
            expires_at: minutes(40),
        }
    }

    #[test]
    fn a_token_says_what_was_put_into_it() {
        for usage in [TokenUse::Access, TokenUse::Refresh, TokenUse::Cookie] {
            let token = jwt().issue(&claims(usage)).unwrap();
            assert_eq!(jwt().read(&token, minutes(11)), Some(claims(usage)));
        }
    }

    #[test]
    fn a_token_ends_at_its_end_by_the_clock_that_asks_without_any_leeway() {
        let token = jwt().issue(&claims(TokenUse::Access)).unwrap();
        assert!(jwt().read(&token, minutes(40) - chrono::TimeDelta::microseconds(1)).is_some());
        assert!(jwt().read(&token, minutes(40)).is_none());
    }

    #[test]
    fn a_token_of_another_key_is_not_ours() {
        let token = Jwt::new(&"another key another key another k".into()).issue(&claims(TokenUse::Access)).unwrap();
        assert!(jwt().read(&token, minutes(11)).is_none());
    }

    #[test]
    fn a_token_that_was_changed_is_not_ours() {
        let token = jwt().issue(&claims(TokenUse::Access)).unwrap();
        let (head, signature) = token.rsplit_once('.').unwrap();
        let other = jwt().issue(&Claims { user: UserId(Uuid::from_u128(9)), ..claims(TokenUse::Access) }).unwrap();
        let (other_head, _) = other.rsplit_once('.').unwrap();
        assert_ne!(head, other_head);
        assert!(jwt().read(&format!("{other_head}.{signature}"), minutes(11)).is_none());
    }

    #[test]
    fn a_token_of_another_algorithm_or_of_none_is_not_ours() {
        let key = EncodingKey::from_secret(b"0123456789abcdef0123456789abcdef");
        let token = jwt().issue(&claims(TokenUse::Access)).unwrap();
        let payload: Payload = decode(&token, &jwt().checking, &jwt().rules).unwrap().claims;
        let stronger = encode(&Header::new(Algorithm::HS512), &payload, &key).unwrap();
        assert!(jwt().read(&stronger, minutes(11)).is_none());
        let (_, rest) = token.split_once('.').unwrap();
        let (body, _) = rest.split_once('.').unwrap();
        assert!(jwt().read(&format!("eyJhbGciOiJub25lIn0.{body}."), minutes(11)).is_none());
    }

    #[test]
    fn what_is_no_token_at_all_is_not_ours() {
        for nonsense in ["", "a", "a.b", "a.b.c", "..", "ü.ü.ü"] {
            assert!(jwt().read(nonsense, minutes(11)).is_none(), "{nonsense}");
        }
    }
}
