//! Making, listing, using and ending keys for programs.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;

use super::Result;
use crate::audit::{AuditAction, AuditEntry, AuditSubject};
use crate::identity::command::CreateApiKey;
use crate::identity::port::{ApiKeyRepository, Secrets};
use crate::identity::{Admission, ApiKey, ApiKeyView, IdentityError, Scope};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{ApiKeyId, Reference};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::text::Label;
use crate::kernel::violation::{Check, Problem};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// How exactly it is kept when a key was last used: a write for every request would be the bottleneck.
const SEEN: TimeDelta = TimeDelta::minutes(1);
/// How many characters of a secret are shown.
const PREFIX: usize = 10;

/// The use cases of keys for programs.
#[derive(Clone)]
pub struct ApiKeys {
    /// Stored keys.
    pub keys: Arc<dyn ApiKeyRepository>,
    /// Secrets.
    pub secrets: Arc<dyn Secrets>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

/// Somebody who came by a key, and what it may be used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAdmission {
    /// Who acts, for which API.
    pub admission: Admission,
    /// The key.
    pub key: ApiKey,
}

impl ApiKeys {
    /// Makes a key; staff only. Its secret is answered here and never again.
    pub async fn create(&self, actor: &Actor, command: CreateApiKey) -> Result<(ApiKeyView, String)> {
        may_have_keys(actor)?;
        let secret = format!("{}{}", ApiKey::MARK, self.secrets.fresh());
        let key = self.looked_at(actor, command, &secret)?;
        let id = key.id;
        let outcome = Outcome { kind: "api_key", id: id.0, parent: None, created: true };
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.word()).collect();
        let made = audit(actor, AuditAction::ApiKeyCreated, &key, key.created_at).with("scopes", scopes);
        let changes = Changes::by(actor).with(Write::AddApiKey(Box::new(key)), []).with(Write::AddAudit(Box::new(made)), []);
        self.work.commit(changes.showing(outcome)).await?;
        Ok((self.read(actor, &id.into()).await?, secret))
    }

    fn looked_at(&self, actor: &Actor, command: CreateApiKey, secret: &str) -> Result<ApiKey> {
        let now = self.clock.now();
        let mut check = Check::new();
        let name = check.required("name", command.name.as_deref().map(Label::parse));
        let scopes = check.required("scopes", command.scopes.as_deref().map(scopes));
        if command.expires_at.is_some_and(|end| end <= now) {
            check.note("expires_at", Problem::Other("Must be in the future."));
        }
        check.done()?;
        Ok(ApiKey {
            id: ApiKeyId(self.ids.next()),
            organization: actor.organization,
            user: actor.user,
            name: name.map(String::from).unwrap_or_default(),
            prefix: secret.chars().take(PREFIX).collect(),
            secret: self.secrets.digest(secret),
            scopes: scopes.unwrap_or_default(),
            audience: command.audience,
            created_at: now,
            expires_at: command.expires_at,
            last_used_at: None,
        })
    }

    /// The actor's keys; admins see those of everybody in the organization.
    pub async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<ApiKeyView>> {
        may_have_keys(actor)?;
        let of = (!actor.is_admin()).then_some(actor.user);
        Ok(self.keys.page(actor.organization, of, page).await?)
    }

    /// One key, where the actor sees it in the list.
    pub async fn read(&self, actor: &Actor, reference: &Reference) -> Result<ApiKeyView> {
        let found = self.keys.find(actor.organization, reference).await?;
        found.filter(|view| actor.is_admin() || view.key.user == actor.user).ok_or(IdentityError::KeyNotFound)
    }

    /// Ends a key.
    pub async fn delete(&self, actor: &Actor, reference: &Reference) -> Result<()> {
        let view = self.read(actor, reference).await?;
        let ended = audit(actor, AuditAction::ApiKeyDeleted, &view.key, self.clock.now());
        let changes = Changes::by(actor).with(Write::DeleteApiKey(view.key.id), []).with(Write::AddAudit(Box::new(ended)), []);
        Ok(self.work.commit(changes).await?)
    }

    /// Who brought this secret, and what it may be used for.
    pub async fn admit(&self, secret: &str) -> Result<KeyAdmission> {
        let now = self.clock.now();
        let found = self.keys.by_secret(&self.secrets.digest(secret)).await?;
        let found = found.filter(|(key, user)| key.is_live(now) && user.may_enter());
        let (key, user) = found.ok_or(IdentityError::BadToken)?;
        self.see(&key, now).await?;
        let admission = Admission { actor: user.as_actor(), audience: key.audience.clone() };
        Ok(KeyAdmission { admission, key })
    }

    async fn see(&self, key: &ApiKey, now: Moment) -> std::result::Result<(), StoreError> {
        if key.last_used_at.is_some_and(|last| now - last < SEEN) {
            return Ok(());
        }
        self.work.commit(Changes::of(key.organization).with(Write::SeeApiKey(key.id, now), [])).await
    }
}

fn audit(actor: &Actor, action: AuditAction, key: &ApiKey, at: Moment) -> AuditEntry {
    let subject = AuditSubject { kind: "api_key".to_owned(), id: key.id.0 };
    AuditEntry::by(actor, action, Some(subject), at).with("name", key.name.as_str()).with("prefix", key.prefix.as_str())
}

fn may_have_keys(actor: &Actor) -> Result<()> {
    if actor.is_staff() { Ok(()) } else { Err(IdentityError::Forbidden) }
}

fn scopes(words: &[String]) -> std::result::Result<BTreeSet<Scope>, Problem> {
    if words.is_empty() {
        return Err(Problem::Blank);
    }
    let parsed = |word: &String| Scope::parse(word).ok_or_else(|| Problem::InvalidChoice(word.clone()));
    words.iter().map(parsed).collect()
}
