//! People with an account.

use std::ops::Deref;

use crate::attachment::ObjectKey;
use crate::event::{Event, Happened};
use crate::identity::{IdentityError, Role};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{DepartmentId, OrganizationId, Revision, UserId};
use crate::kernel::text::{Email, PersonName, Username};

/// Whether an account has been let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    /// Waits for an admin; cannot log in.
    Pending,
    /// Let in.
    Approved,
}

/// What may stand behind a name (seed 004).
pub const SUFFIXES: [&str; 10] = ["Jr.", "Sr.", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

/// All that is kept of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserState {
    /// Identity.
    pub id: UserId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Unique in the installation.
    pub username: Username,
    /// Unique in the installation, without regard to case.
    pub email: Email,
    /// bcrypt hash, empty until a password is set; never leaves the domain.
    pub password_hash: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Name between the two; empty for none.
    pub middle_name: String,
    /// What stands behind the name, one of [`SUFFIXES`]; empty for none.
    pub suffix: String,
    /// Role.
    pub role: Role,
    /// Whether an admin has let the account in.
    pub approval: Approval,
    /// Whether it may log in.
    pub is_active: bool,
    /// Where the person works.
    pub department: Option<DepartmentId>,
    /// The person's picture.
    pub image: Option<ObjectKey>,
    /// When the account was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// When the person last logged in or renewed a token.
    pub last_active_at: Option<Moment>,
    /// When the account was deleted; the name stays on what the person wrote.
    pub deleted_at: Option<Moment>,
    /// How often it was written.
    pub revision: Revision,
}

/// An account. Read through its state, changed through its verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User(UserState);

impl Deref for User {
    type Target = UserState;

    fn deref(&self) -> &UserState {
        &self.0
    }
}

/// What may change about an account; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserChange {
    /// Address.
    pub email: Option<Email>,
    /// Login name.
    pub username: Option<Username>,
    /// Given name.
    pub first_name: Option<PersonName>,
    /// Family name.
    pub last_name: Option<PersonName>,
    /// Role.
    pub role: Option<Role>,
    /// Whether it may log in.
    pub is_active: Option<bool>,
    /// Department, or none.
    pub department: Option<Option<DepartmentId>>,
}

impl User {
    /// An account as it was stored.
    pub fn restored(state: UserState) -> Self {
        Self(state)
    }

    /// First and last name, or the login name of the nameless.
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, self.username.as_str())
    }

    /// The person as somebody who acts.
    pub fn as_actor(&self) -> Actor {
        Actor { user: self.id, organization: self.organization, role: self.role, name: self.name(), session: None, claim: None }
    }

    /// Whether the account may log in at all.
    pub fn may_enter(&self) -> bool {
        self.is_active && self.deleted_at.is_none() && self.approval == Approval::Approved
    }

    /// A new account, and the event that tells of it.
    pub fn register(state: UserState, by: Option<UserId>) -> (Self, Event) {
        let event = Event::of_user(
            &state,
            by,
            state.created_at,
            Happened::UserCreated { email: state.email.as_str().to_owned(), role: state.role },
        );
        (Self(state), event)
    }

    /// Applies the change; none when it changes nothing.
    pub fn change(&mut self, by: &Actor, change: UserChange, now: Moment) -> Option<Event> {
        let mut fields = Vec::new();
        let state = &mut self.0;
        set(&mut state.email, change.email, "email", &mut fields);
        set(&mut state.username, change.username, "username", &mut fields);
        set(&mut state.first_name, change.first_name.map(String::from), "first_name", &mut fields);
        set(&mut state.last_name, change.last_name.map(String::from), "last_name", &mut fields);
        set(&mut state.role, change.role, "role", &mut fields);
        set(&mut state.is_active, change.is_active, "is_active", &mut fields);
        set(&mut state.department, change.department, "department", &mut fields);
        if fields.is_empty() {
            return None;
        }
        state.updated_at = now;
        let role = state.role;
        Some(Event::of_user(state, Some(by.user), now, Happened::UserUpdated { fields, role }))
    }

    /// Gives the account another picture.
    pub fn change_image(&mut self, by: &Actor, image: ObjectKey, now: Moment) -> Event {
        self.0.image = Some(image);
        self.0.updated_at = now;
        let happened = Happened::UserUpdated { fields: vec!["image".to_owned()], role: self.0.role };
        Event::of_user(&self.0, Some(by.user), now, happened)
    }

    /// Gives the account another password.
    pub fn change_password(&mut self, by: UserId, hash: String, now: Moment) -> Event {
        self.0.password_hash = hash;
        self.0.updated_at = now;
        Event::of_user(&self.0, Some(by), now, Happened::PasswordChanged)
    }

    /// Lets a pending account in.
    pub fn approve(&mut self, by: &Actor, now: Moment) -> Result<Event, IdentityError> {
        self.decide()?;
        self.0.approval = Approval::Approved;
        self.0.updated_at = now;
        Ok(Event::of_user(&self.0, Some(by.user), now, Happened::UserApproved))
    }

    /// Takes a pending account out of every list and answer; the audit keeps that it was there.
    pub fn reject(&mut self, by: &Actor, reason: Option<String>, now: Moment) -> Result<Event, IdentityError> {
        self.decide()?;
        let gone = Happened::UserRejected { email: self.email.to_string(), name: self.name(), reason };
        self.delete(by, now);
        Ok(Event::of_user(&self.0, Some(by.user), now, gone))
    }

    /// Whether somebody still has to decide about the account.
    fn decide(&self) -> Result<(), IdentityError> {
        if self.approval == Approval::Pending { Ok(()) } else { Err(IdentityError::NotPending) }
    }

    /// Takes the account out of every list and answer.
    pub fn delete(&mut self, by: &Actor, now: Moment) -> Event {
        self.0.deleted_at = Some(now);
        self.0.image = None;
        self.0.is_active = false;
        self.0.updated_at = now;
        Event::of_user(&self.0, Some(by.user), now, Happened::UserDeleted)
    }
}

fn set<T: PartialEq>(field: &mut T, wanted: Option<T>, name: &str, changed: &mut Vec<String>) {
    if let Some(wanted) = wanted
        && *field != wanted
    {
        *field = wanted;
        changed.push(name.to_owned());
    }
}

/// First and last name, or `fallback` where both are empty.
pub fn full_name(first: &str, last: &str, fallback: &str) -> String {
    match (first.is_empty(), last.is_empty()) {
        (false, false) => format!("{first} {last}"),
        (false, true) => first.to_owned(),
        (true, false) => last.to_owned(),
        (true, true) => fallback.to_owned(),
    }
}
