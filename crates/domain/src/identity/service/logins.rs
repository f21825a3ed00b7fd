//! Logging in, staying in, getting out.

use std::sync::Arc;

use chrono::TimeDelta;
use uuid::Uuid;

use super::Result;
use crate::audit::{AuditAction, AuditEntry, AuditSubject};
use crate::identity::command::{Door, Login};
use crate::identity::port::{IdentityRepository, OrganizationRepository, PasswordHasher, Secrets, TokenIssuer};
use crate::identity::{Claims, IdentityError, Session, TokenUse, User, UserView, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::SessionId;
use crate::kernel::violation::{Check, Problem};
use crate::work::{Changes, UnitOfWork, Write};

/// For how long logins are good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// Minutes of an access token.
    pub access_minutes: i64,
    /// Days of a refresh token.
    pub refresh_days: i64,
    /// Days of a refresh token of somebody who asked to be remembered.
    pub remember_days: i64,
}

/// What a login gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPair {
    /// To ask with.
    pub access: String,
    /// To get the next access token with.
    pub refresh: String,
    /// Seconds that the access token is good for.
    pub expires_in: i64,
    /// Whose they are.
    pub user: UserView,
    /// The same person, acting.
    pub actor: Actor,
    /// What a browser asks with.
    pub cookie: String,
    /// What it says beside the cookie to change anything.
    pub csrf: String,
    /// Seconds that the cookie is good for.
    pub session_seconds: i64,
}

/// Somebody who brought a good access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Who acts.
    pub actor: Actor,
    /// The API that the token was issued for.
    pub audience: String,
}

/// The use cases of logins.
#[derive(Clone)]
pub struct Logins {
    /// Accounts and logins.
    pub people: Arc<dyn IdentityRepository>,
    /// Organizations.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Passwords.
    pub passwords: Arc<dyn PasswordHasher>,
    /// Tokens.
    pub tokens: Arc<dyn TokenIssuer>,
    /// What proves that a cookie is used by a page of ours.
    pub secrets: Arc<dyn Secrets>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
    /// For how long.
    pub lifetimes: Lifetimes,
    /// Slug of the organization whose audit log tells of logins under names that nobody has.
    pub default_organization: String,
}

impl Logins {
    /// Proves who somebody is and opens a session. Only after the right password does it say that an account is pending.
    pub async fn login(&self, command: Login) -> Result<TokenPair> {
        let mut check = Check::new();
        let login = check.required("email", given(command.login.as_deref()));
        let password = check.required("password", given(command.password.as_deref()));
        check.done()?;
        let login = login.unwrap_or_default();
        let found = if login.contains('\0') { None } else { self.people.by_login(login).await? };
        let person = found.as_ref().map(|user| (user.organization, user.id));
        match self.proven(found, password.unwrap_or_default(), command.door).await {
            Ok(user) => self.enter(&user, command).await,
            Err(refused) => {
                self.note_failure(person, &refused).await?;
                Err(refused)
            }
        }
    }

    async fn proven(&self, found: Option<User>, password: &str, door: Door) -> Result<User> {
        let hash = found.as_ref().map(|user| user.password_hash.clone()).filter(|hash| !hash.is_empty());
        let proven = self.passwords.verify(password, hash).await?;
        let user = found.filter(|_| proven).ok_or(IdentityError::BadCredentials)?;
        Self::admitted(&user)?;
        policy::may_use_door(door, &user)?;
        Ok(user)
    }

    async fn enter(&self, user: &User, command: Login) -> Result<TokenPair> {
        let now = self.clock.now();
        let days = if command.remember { self.lifetimes.remember_days } else { self.lifetimes.refresh_days };
        let session = Session {
            id: SessionId(self.ids.next()),
            user: user.id,
            audience: command.audience,
            refresh_id: self.ids.next(),
            days,
            created_at: now,
            expires_at: now + TimeDelta::days(days),
            revoked_at: None,
        };
        let subject = Some(AuditSubject::user(user.id));
        let came = AuditEntry::by(&user.as_actor(), AuditAction::LoggedIn, subject, now).with("api", session.audience.as_str());
        let changes = Changes::of(user.organization)
            .with(Write::AddSession(session.clone()), [])
            .with(Write::SeeUser(user.id, now), [])
            .with(Write::AddAudit(Box::new(came)), []);
        self.work.commit(changes).await?;
        self.pair(user, &session, now).await
    }

    /// Whether somebody with the right password may come in.
    fn admitted(user: &User) -> Result<()> {
        if !user.is_active || user.deleted_at.is_some() {
            Err(IdentityError::BadCredentials)
        } else if user.may_enter() {
            Ok(())
        } else {
            Err(IdentityError::NotApproved)
        }
    }

    /// Spends a refresh token for a new pair. A spent one that comes again ends the whole login.
    pub async fn rotate(&self, refresh: Option<&str>) -> Result<TokenPair> {
        let (claims, mut session, user) = self.refreshing(refresh).await?;
        let now = self.clock.now();
        if claims.id != session.refresh_id {
            return self.reused(&user, session.id, now).await;
        }
        let spent = std::mem::replace(&mut session.refresh_id, self.ids.next());
        session.expires_at = now + TimeDelta::days(session.days);
        let changes = Changes::of(user.organization)
            .with(Write::RotateSession { session: session.clone(), spent }, [])
            .with(Write::SeeUser(user.id, now), []);
        match self.work.commit(changes).await {
            Err(StoreError::Stale) => self.reused(&user, session.id, now).await,
            other => {
                other?;
                self.pair(&user, &session, now).await
            }
        }
    }

    /// Another access token for a refresh token that stays good.
    pub async fn renew(&self, refresh: Option<&str>) -> Result<String> {
        let (claims, session, user) = self.refreshing(refresh).await?;
        let now = self.clock.now();
        if claims.id != session.refresh_id {
            return self.reused(&user, session.id, now).await;
        }
        self.token(&session, TokenUse::Access, now)
    }

    /// Whether a token of either kind is good.
    pub async fn verify(&self, token: Option<&str>) -> Result<()> {
        let mut check = Check::new();
        let token = check.required("token", given(token));
        check.done()?;
        let (claims, session, _) = self.live(token.unwrap_or_default()).await?;
        let spent = claims.usage == TokenUse::Refresh && claims.id != session.refresh_id;
        if spent { Err(IdentityError::BadToken) } else { Ok(()) }
    }

    /// Who brought this access token.
    pub async fn admit(&self, access: &str) -> Result<Admission> {
        let (claims, session, user) = self.live(access).await?;
        if claims.usage != TokenUse::Access {
            return Err(IdentityError::BadToken);
        }
        let actor = Actor { session: Some(session.id), ..user.as_actor() };
        Ok(Admission { actor, audience: claims.audience })
    }

    /// Who brought this cookie, and what proves that a page of ours sent it.
    pub async fn admit_cookie(&self, cookie: &str) -> Result<(Admission, String)> {
        let (claims, session, user) = self.live(cookie).await?;
        if claims.usage != TokenUse::Cookie {
            return Err(IdentityError::BadToken);
        }
        let actor = Actor { session: Some(session.id), ..user.as_actor() };
        Ok((Admission { actor, audience: claims.audience }, self.secrets.of_session(session.id)))
    }

    /// Ends the login that the actor came by, and the one that the refresh token belongs to, if it is theirs.
    pub async fn logout(&self, actor: &Actor, refresh: Option<&str>) -> Result<()> {
        let now = self.clock.now();
        let named = refresh.and_then(|token| self.tokens.read(token, now)).filter(|claims| claims.user == actor.user);
        let sessions = actor.session.into_iter().chain(named.map(|claims| claims.session));
        let changes =
            sessions.fold(Changes::of(actor.organization), |changes, session| changes.with(Write::EndSession(session, now), []));
        Ok(self.work.commit(changes).await?)
    }

    async fn refreshing(&self, refresh: Option<&str>) -> Result<(Claims, Session, User)> {
        let mut check = Check::new();
        let token = check.required("refresh_token", given(refresh));
        check.done()?;
        let found = self.live(token.unwrap_or_default()).await?;
        if found.0.usage == TokenUse::Refresh { Ok(found) } else { Err(IdentityError::BadToken) }
    }

    async fn live(&self, token: &str) -> Result<(Claims, Session, User)> {
        let now = self.clock.now();
        let claims = self.tokens.read(token, now).ok_or(IdentityError::BadToken)?;
        let (session, user) = self.people.session(claims.session).await?.ok_or(IdentityError::BadToken)?;
        let good = session.is_live(now) && session.user == claims.user && user.may_enter();
        if good { Ok((claims, session, user)) } else { Err(IdentityError::BadToken) }
    }

    async fn reused<T>(&self, user: &User, session: SessionId, now: Moment) -> Result<T> {
        self.work.commit(Changes::of(user.organization).with(Write::EndSession(session, now), [])).await?;
        Err(IdentityError::BadToken)
    }

    async fn pair(&self, user: &User, session: &Session, now: Moment) -> Result<TokenPair> {
        let view = self.people.view(user.organization, user.id).await?.ok_or(IdentityError::NotFound)?;
        Ok(TokenPair {
            access: self.token(session, TokenUse::Access, now)?,
            refresh: self.token(session, TokenUse::Refresh, now)?,
            expires_in: self.lifetimes.access_minutes * 60,
            user: view,
            actor: user.as_actor(),
            cookie: self.token(session, TokenUse::Cookie, now)?,
            csrf: self.secrets.of_session(session.id),
            session_seconds: (session.expires_at - now).num_seconds(),
        })
    }

    fn token(&self, session: &Session, usage: TokenUse, now: Moment) -> Result<String> {
        let claims = Claims {
            id: self.token_id(session, usage),
            usage,
            session: session.id,
            user: session.user,
            audience: session.audience.clone(),
            issued_at: now,
            expires_at: match usage {
                TokenUse::Access => now + TimeDelta::minutes(self.lifetimes.access_minutes),
                TokenUse::Refresh | TokenUse::Cookie => session.expires_at,
            },
        };
        Ok(self.tokens.issue(&claims)?)
    }

    fn token_id(&self, session: &Session, usage: TokenUse) -> Uuid {
        match usage {
            TokenUse::Access | TokenUse::Cookie => self.ids.next(),
            TokenUse::Refresh => session.refresh_id,
        }
    }
}

pub(super) fn given(text: Option<&str>) -> Option<std::result::Result<&str, Problem>> {
    text.map(|text| if text.is_empty() { Err(Problem::Blank) } else { Ok(text) })
}
