//! Accounts, logins, keys and passwords.

use std::sync::Arc;

use helpdesk_domain::identity::port::PasswordHasher;
use helpdesk_domain::identity::{Accounts, ApiKeys, Logins, Passwords, Resets};
use helpdesk_outbound::{Bcrypt, Jwt, PublicEndpoints};
use secrecy::SecretString;

use super::{Installation, secrets};
use crate::failure::Result;
use crate::settings::Settings;

impl Installation {
    /// The use cases of accounts alone.
    pub fn accounts(&self, settings: &Settings) -> Result<Accounts> {
        let passwords: Arc<dyn PasswordHasher> = Arc::new(Bcrypt::new(settings.login.bcrypt_cost)?);
        self.accounts_with(settings, passwords)
    }

    pub(super) fn accounts_with(&self, settings: &Settings, passwords: Arc<dyn PasswordHasher>) -> Result<Accounts> {
        let store = Arc::new(self.store.clone());
        Ok(Accounts {
            people: store.clone(),
            organizations: store.clone(),
            taxonomy: store.clone(),
            passwords,
            resets: Resets { secrets: secrets(settings)?, ids: Arc::clone(&self.ids) },
            endpoints: Arc::new(PublicEndpoints { allow_private: settings.webhook_allow_private }),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
            default_organization: settings.default_organization.clone(),
        })
    }

    pub(super) fn api_keys(&self, settings: &Settings) -> Result<ApiKeys> {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.real_clock), Arc::clone(&self.ids));
        Ok(ApiKeys { keys: store.clone(), secrets: secrets(settings)?, work: store, clock, ids })
    }

    pub(super) fn passwords(&self, settings: &Settings, hashes: Arc<dyn PasswordHasher>) -> Result<Passwords> {
        let store = Arc::new(self.store.clone());
        Ok(Passwords {
            people: store.clone(),
            organizations: store.clone(),
            hashes,
            resets: Resets { secrets: secrets(settings)?, ids: Arc::clone(&self.ids) },
            work: store,
            clock: Arc::clone(&self.real_clock),
            default_organization: settings.default_organization.clone(),
        })
    }

    pub(super) fn logins(&self, settings: &Settings, passwords: Arc<dyn PasswordHasher>, key: &SecretString) -> Result<Logins> {
        let store = Arc::new(self.store.clone());
        Ok(Logins {
            people: store.clone(),
            organizations: store.clone(),
            passwords,
            tokens: Arc::new(Jwt::new(key)),
            secrets: secrets(settings)?,
            work: store,
            clock: Arc::clone(&self.real_clock),
            ids: Arc::clone(&self.ids),
            lifetimes: settings.login.lifetimes,
            default_organization: settings.default_organization.clone(),
        })
    }
}
