//! Where messages may go, and what they are signed with.

use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use helpdesk_domain::kernel::Problem;
use helpdesk_domain::webhook::port::Endpoints;
use reqwest::Url;

use super::PREFIX;
use super::address::is_public;

/// How long a name may take that is looked up only to say early what would fail later.
const PATIENCE: Duration = Duration::from_secs(2);

/// Addresses on the internet; private ones too where the operator allows them.
#[derive(Clone, Copy, Debug)]
pub struct PublicEndpoints {
    /// Whether private and loopback addresses are fine.
    pub allow_private: bool,
}

#[async_trait]
impl Endpoints for PublicEndpoints {
    async fn check(&self, url: &str) -> Result<(), Problem> {
        let no_url = || Problem::Other("Enter a valid URL that begins with http:// or https://.");
        let url = Url::parse(url).map_err(|_| no_url())?;
        let host = url.host_str().filter(|_| matches!(url.scheme(), "http" | "https")).ok_or_else(no_url)?;
        if self.allow_private || leads_out(host, url.port_or_known_default()).await {
            Ok(())
        } else {
            Err(Problem::Other("Private and loopback addresses are refused."))
        }
    }

    fn is_secret(&self, secret: &str) -> bool {
        let key = secret.strip_prefix(PREFIX).and_then(|coded| STANDARD.decode(coded).ok());
        key.is_some_and(|key| (24..=64).contains(&key.len()))
    }

    fn fresh_secret(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(rand::random::<[u8; 32]>()))
    }
}

/// Whether a host has a public address, or none that can be found now.
async fn leads_out(host: &str, port: Option<u16>) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    if let Ok(address) = literal {
        return is_public(address);
    }
    let found = tokio::time::timeout(PATIENCE, tokio::net::lookup_host((host, port.unwrap_or(443)))).await;
    match found {
        Ok(Ok(mut addresses)) => addresses.any(|address| is_public(address.ip())),
        Ok(Err(_)) | Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_is_http_and_leads_out() {
        let endpoints = PublicEndpoints { allow_private: false };
        for bad in [
            "",
            "example.com",
            "ftp://example.com/",
            "javascript:alert(1)",
            "http://",
            "http://127.0.0.1/",
            "http://localhost:9/",
            "http://[::1]/",
            "http://2130706433/",
            "http://0x7f.1/",
            "https://[::ffff:10.0.0.1]/x",
            "http://169.254.169.254/latest",
        ] {
            assert!(endpoints.check(bad).await.is_err(), "{bad}");
        }
        for good in ["https://1.1.1.1/hook", "http://8.8.8.8:8080/?a=b"] {
            assert!(endpoints.check(good).await.is_ok(), "{good}");
        }
        assert!(PublicEndpoints { allow_private: true }.check("http://127.0.0.1:9/").await.is_ok());
    }

    #[test]
    fn a_fresh_secret_is_a_good_one() {
        let endpoints = PublicEndpoints { allow_private: false };
        assert!(endpoints.is_secret(&endpoints.fresh_secret()));
        assert_ne!(endpoints.fresh_secret(), endpoints.fresh_secret());
        for bad in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"] {
            assert!(!endpoints.is_secret(bad), "{bad}");
        }
    }
}
