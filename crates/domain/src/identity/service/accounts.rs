//! Making, showing and changing accounts.

use std::sync::Arc;

use super::Result;
use super::applicant::{Applicant, look_at, role};
use crate::event::Event;
use crate::identity::command::{CreateUser, EditUser, Register};
use crate::identity::port::{IdentityRepository, OrganizationRepository, PasswordHasher};
use crate::identity::user::UserChange;
use crate::identity::{Approval, IdentityError, Organization, Resets, Role, User, UserQuery, UserState, UserView, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{DepartmentId, OrganizationId, Reference, Target, UserId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{Email, PersonName, Username};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::taxonomy::port::TaxonomyRepository;
use crate::webhook::port::Endpoints;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The use cases of accounts.
#[derive(Clone)]
pub struct Accounts {
    /// Accounts.
    pub people: Arc<dyn IdentityRepository>,
    /// Organizations.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Departments.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// Passwords.
    pub passwords: Arc<dyn PasswordHasher>,
    /// Links to choose a first password by.
    pub resets: Resets,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
    /// Slug of the organization that people join who name none.
    pub default_organization: String,
    /// Where messages may be sent.
    pub endpoints: Arc<dyn Endpoints>,
}

impl Accounts {
    /// Makes an account for a member of the public: a customer, approved at once unless the organization says otherwise.
    pub async fn register(&self, command: Register) -> Result<UserView> {
        let applicant = look_at(&command)?;
        let organization = self.joined(command.organization.as_ref()).await?;
        let approval = if organization.settings.requires_account_approval { Approval::Pending } else { Approval::Approved };
        self.add(None, &organization, applicant, Role::Customer, approval, None).await
    }

    /// Makes an account in the actor's organization; admins only.
    pub async fn create(&self, actor: &Actor, command: CreateUser) -> Result<UserView> {
        policy::may_administer_users(actor)?;
        let applicant = look_at(&command.account)?;
        let role = role(command.role.as_deref())?;
        let department = self.department(actor.organization, command.department.as_ref()).await?;
        let organization = self.organizations.get(actor.organization).await?.ok_or(IdentityError::NotFound)?;
        self.add(Some(actor), &organization, applicant, role, Approval::Approved, department).await
    }

    pub(super) async fn joined(&self, named: Option<&Reference>) -> Result<Organization> {
        let default = Reference::Name(self.default_organization.clone());
        let reference = named.unwrap_or(&default);
        let found = self.organizations.find(reference).await?;
        found.ok_or_else(|| Violations::one("organization_slug", Problem::Unknown(reference.to_string())).into())
    }

    pub(super) async fn add(
        &self,
        by: Option<&Actor>,
        organization: &Organization,
        applicant: Applicant,
        role: Role,
        approval: Approval,
        department: Option<DepartmentId>,
    ) -> Result<UserView> {
        if self.people.by_login(applicant.email.as_str()).await?.is_some() {
            return Err(Violations::one("email", Problem::Taken).into());
        }
        let now = self.clock.now();
        let password_hash = match &applicant.password {
            Some(password) => self.passwords.hash(password).await?,
            None => String::new(),
        };
        let state = UserState {
            id: UserId(self.ids.next()),
            organization: organization.id,
            username: Username::trusted(String::new()),
            email: applicant.email.clone(),
            password_hash,
            first_name: applicant.first_name.clone(),
            last_name: applicant.last_name.clone(),
            middle_name: applicant.middle_name.clone(),
            suffix: applicant.suffix.clone(),
            role,
            approval,
            is_active: true,
            department,
            image: applicant.image.clone(),
            created_at: now,
            updated_at: now,
            last_active_at: None,
            deleted_at: None,
            revision: 1,
        };
        let id = state.id;
        race::settle(true, async || {
            let username = self.username(&applicant).await?;
            self.commit_new(by, UserState { username, ..state.clone() }).await
        })
        .await?;
        self.people.view(organization.id, id).await?.ok_or(IdentityError::NotFound)
    }

    async fn commit_new(&self, by: Option<&Actor>, state: UserState) -> Result<()> {
        let (organization, id) = (state.organization, state.id);
        let (user, event) = User::register(state, by.map(|actor| actor.user));
        let letters = self.welcome(&user);
        let changes = by.map_or_else(|| Changes::of(organization), Changes::by);
        let outcome = Outcome { kind: "user", id: id.0, parent: None, created: true };
        let changes = changes.with(Write::AddUser(Box::new(user)), [event]).showing(outcome);
        let changes = letters.into_iter().fold(changes, |changes, letter| changes.with(letter, []));
        self.work.commit(changes).await.map_err(|error| match error {
            // Two made the same login name at once: that is a race, another name is made.
            StoreError::Taken(rule) if rule.contains("username") => IdentityError::Store(StoreError::Taken(rule)),
            other => other.into(),
        })
    }

    /// The login name that was asked for, or one made from the address: the part before the `@`, on a clash with the
    /// first label of the domain, then with a number.
    async fn username(&self, applicant: &Applicant) -> Result<Username> {
        if let Some(username) = &applicant.username {
            if self.people.username_taken(username.as_str()).await? {
                return Err(Violations::one("username", Problem::Taken).into());
            }
            return Ok(username.clone());
        }
        let local = applicant.email.local();
        let with_domain = format!("{local}_{}", applicant.email.domain_label());
        let numbered = (2..100).map(|n| format!("{with_domain}_{n}"));
        for candidate in [local.to_owned(), with_domain.clone()].into_iter().chain(numbered) {
            if !self.people.username_taken(&candidate).await? {
                return Ok(Username::trusted(candidate));
            }
        }
        Ok(Username::trusted(format!("{with_domain}_{}", self.ids.next().simple())))
    }

    /// A part of the organization's accounts, for staff.
    pub async fn list(&self, actor: &Actor, query: &UserQuery, page: &PageRequest) -> Result<Page<UserView>> {
        policy::may_list_users(actor)?;
        Ok(self.people.page(actor.organization, query, page).await?)
    }

    /// One account: for staff, and for the person.
    pub async fn read(&self, actor: &Actor, reference: &Reference) -> Result<UserView> {
        let user = self.get(actor, &Target { reference: reference.clone(), revision: None }).await?;
        self.people.view(actor.organization, user.id).await?.ok_or(IdentityError::NotFound)
    }

    /// Changes an account: people their own names, address and login name, admins everything.
    pub async fn edit(&self, actor: &Actor, command: EditUser) -> Result<UserView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.people.view(actor.organization, id).await?.ok_or(IdentityError::NotFound)
    }

    async fn edit_once(&self, actor: &Actor, command: &EditUser) -> Result<UserId> {
        let mut user = self.get(actor, &command.target).await?;
        let is_own = actor.user == user.id;
        if !is_own {
            policy::may_administer_users(actor)?;
        }
        let change = self.change(actor, command).await?;
        let plans = change.role.is_some_and(|role| role != user.role)
            || change.is_active.is_some_and(|active| active != user.is_active)
            || change.department.is_some_and(|department| department != user.department);
        if plans {
            policy::may_administer_users(actor)?;
        }
        let (was_admin, was_active) = (user.role == Role::Admin, user.is_active);
        let id = user.id;
        let Some(event) = user.change(actor, change, self.clock.now()) else { return Ok(id) };
        let leaves = was_admin && was_active && (user.role != Role::Admin || !user.is_active);
        if leaves {
            self.another_admin(actor.organization).await?;
        }
        self.save(actor, user, event, was_active, leaves).await?;
        Ok(id)
    }

    async fn save(&self, actor: &Actor, user: User, event: Event, was_active: bool, was_admin: bool) -> Result<()> {
        let (id, now, ends) = (user.id, self.clock.real(), was_active && !user.is_active);
        let is_readdressed = event.happened.changes_user("email");
        let outcome = Outcome { kind: "user", id: id.0, parent: None, created: false };
        let mut changes = Changes::by(actor).with(Write::SaveUser(Box::new(user)), [event]).showing(outcome);
        if was_admin {
            changes = changes.with(Write::KeepAdmin, []);
        }
        if is_readdressed {
            // A link that went to the old address must not open the account of the new one.
            changes = changes.with(Write::EndResetsOf(id, now), []);
        }
        if ends {
            changes = changes.with(Write::EndSessionsOf(id, now), []);
        }
        Ok(self.work.commit(changes).await?)
    }

    /// Takes an account out of every list and answer and ends its logins; admins only. What the person wrote stays.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let mut user = self.get(actor, target).await?;
            policy::may_administer_users(actor)?;
            let leaves = user.role == Role::Admin && user.is_active;
            if leaves {
                self.another_admin(actor.organization).await?;
            }
            let event = user.delete(actor, self.clock.now());
            self.save(actor, user, event, true, leaves).await
        })
        .await
    }

    pub(super) async fn get(&self, actor: &Actor, target: &Target) -> Result<User> {
        let found = self.people.find(actor.organization, &target.reference).await?;
        let user = found.ok_or(IdentityError::NotFound)?;
        policy::may_read_user(actor, &user)?;
        target.allows(user.revision)?;
        Ok(user)
    }

    async fn another_admin(&self, organization: OrganizationId) -> Result<()> {
        if self.people.count_admins(organization).await? > 1 { Ok(()) } else { Err(IdentityError::LastAdmin) }
    }

    async fn change(&self, actor: &Actor, command: &EditUser) -> Result<UserChange> {
        let mut check = Check::new();
        let email = check.optional("email", command.email.as_deref().map(Email::parse));
        let username = check.optional("username", command.username.as_deref().map(Username::parse));
        let first_name = check.optional("first_name", command.first_name.as_deref().map(PersonName::parse));
        let last_name = check.optional("last_name", command.last_name.as_deref().map(PersonName::parse));
        check.done()?;
        let department = match &command.department {
            None => None,
            Some(reference) => Some(self.department(actor.organization, reference.as_ref()).await?),
        };
        let (role, is_active) = (command.role, command.is_active);
        Ok(UserChange { email, username, first_name, last_name, role, is_active, department })
    }

    pub(super) async fn department(
        &self,
        organization: OrganizationId,
        named: Option<&Reference>,
    ) -> Result<Option<DepartmentId>> {
        let Some(reference) = named else { return Ok(None) };
        let found = self.taxonomy.department(organization, reference).await?;
        match found {
            Some(department) => Ok(Some(department.id)),
            None => Err(Violations::one("department", Problem::Unknown(reference.to_string())).into()),
        }
    }
}
