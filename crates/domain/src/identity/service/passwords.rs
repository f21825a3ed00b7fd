//! Changing a password, and getting in again without it.

use std::sync::Arc;

use super::logins::given;
use super::{Result, check_password};
use crate::identity::command::ResetPassword;
use crate::identity::port::{IdentityRepository, OrganizationRepository, PasswordHasher};
use crate::identity::{IdentityError, PasswordReset, Resets, User};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::id::{Reference, UserId};
use crate::kernel::race;
use crate::kernel::text::Email;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, UnitOfWork, Write};

/// The use cases of passwords.
#[derive(Clone)]
pub struct Passwords {
    /// Accounts and resets.
    pub people: Arc<dyn IdentityRepository>,
    /// Organizations.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Slow hashes.
    pub hashes: Arc<dyn PasswordHasher>,
    /// New resets.
    pub resets: Resets,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Slug of the organization that what belongs to nobody is written under.
    pub default_organization: String,
}

impl Passwords {
    /// Whether this is the actor's password; a violation on `current_password` when not.
    pub async fn check(&self, actor: &Actor, current: Option<&str>) -> Result<()> {
        let mut check = Check::new();
        let current = check.required("current_password", given(current));
        check.done()?;
        self.proven(actor, current.unwrap_or_default()).await.map(drop)
    }

    /// Gives somebody another password, and ends all their logins.
    pub async fn change(&self, actor: &Actor, current: Option<&str>, new: Option<&str>) -> Result<()> {
        let mut check = Check::new();
        let current = check.required("current_password", given(current));
        let new = check.required("new_password", new.map(check_password));
        check.done()?;
        let user = self.proven(actor, current.unwrap_or_default()).await?;
        let hash = self.hashes.hash(&new.unwrap_or_default()).await?;
        let changes = Changes::of(user.organization);
        self.work.commit(self.replaced(changes, user, actor.user, hash)).await?;
        Ok(())
    }

    async fn proven(&self, actor: &Actor, password: &str) -> Result<User> {
        let user = self.people.find(actor.organization, &actor.user.into()).await?.ok_or(IdentityError::NotFound)?;
        // Who was invited and chose none yet has no hash.
        let hash = Some(user.password_hash.clone()).filter(|hash| !hash.is_empty());
        if self.hashes.verify(password, hash).await? {
            return Ok(user);
        }
        Err(Violations::one("current_password", Problem::Other("Current password is incorrect.")).into())
    }

    /// Sends a link to whoever has this address. Does the same, and takes as long, when nobody has it.
    pub async fn forgot(&self, email: Option<&str>) -> Result<()> {
        let mut check = Check::new();
        let email = check.required("email", email.map(Email::parse));
        check.done()?;
        let key = email.map(|email| email.key()).unwrap_or_default();
        let found = self.people.by_login(&key).await?;
        let user = found.filter(|user| user.email.key() == key && user.is_active);
        let slug = Reference::Name(self.default_organization.clone());
        let default = self.organizations.find(&slug).await?.ok_or(IdentityError::NotFound)?;
        let organization = user.as_ref().map_or(default.id, |user| user.organization);
        let writes = self.resets.forgotten(user.as_ref(), self.clock.now());
        let changes = writes.into_iter().fold(Changes::of(organization), |changes, write| changes.with(write, []));
        Ok(self.work.commit(changes).await?)
    }

    /// Gives another password to whoever a reset was made for, spends it, and ends all their logins.
    pub async fn reset(&self, command: &ResetPassword) -> Result<()> {
        let mut check = Check::new();
        let token = check.required("token", given(command.token.as_deref()));
        let new = check.required("new_password", command.new_password.as_deref().map(check_password));
        check.done()?;
        let (token, new) = (token.unwrap_or_default(), new.unwrap_or_default());
        self.opened(token, command.user.as_ref()).await?;
        let hash = self.hashes.hash(&new).await?;
        race::settle(true, async || {
            let (reset, user) = self.opened(token, command.user.as_ref()).await?;
            let (id, now) = (user.id, self.clock.now());
            let changes = Changes::of(user.organization).with(Write::SpendReset(reset.id, now), []);
            self.work.commit(self.replaced(changes, user, id, hash.clone())).await?;
            Ok(())
        })
        .await
    }

    /// The reset that a secret opens. Whatever is wrong with it, the refusal is the same.
    async fn opened(&self, token: &str, named: Option<&Reference>) -> Result<(PasswordReset, User)> {
        let refused = || IdentityError::from(Violations::one("token", Problem::Other("This link is invalid or has expired.")));
        let found = self.people.reset(&self.resets.secrets.digest(token)).await?;
        let (reset, user) = found.filter(|(reset, _)| reset.is_live(self.clock.now())).ok_or_else(refused)?;
        if let Some(named) = named {
            let meant = self.people.find(user.organization, named).await?;
            meant.filter(|meant| meant.id == user.id).ok_or_else(refused)?;
        }
        Ok((reset, user))
    }

    fn replaced(&self, changes: Changes, mut user: User, by: UserId, hash: String) -> Changes {
        let (id, now) = (user.id, self.clock.now());
        let event = user.change_password(by, hash, now);
        changes
            .with(Write::SaveUser(Box::new(user)), [event])
            .with(Write::EndSessionsOf(id, now), [])
            .with(Write::EndResetsOf(id, now), [])
    }
}
