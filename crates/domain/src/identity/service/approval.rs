//! Accounts that wait for somebody to let them in (seed 004).

use super::Accounts;
use super::Result;
use super::applicant::{Applicant, look_over, name};
use crate::identity::command::{Apply, Invite};
use crate::identity::{Approval, IdentityError, Rejection, RejectionView, Role, SUFFIXES, User, UserQuery, UserView, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{MailId, RejectionId, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{Email, Note, PersonName};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::mail::{Mail, Mailbox, Message};
use crate::work::{Changes, Outcome, Write};

impl Accounts {
    /// Makes an account for a member of the public that waits for approval, whatever the organization says.
    pub async fn apply(&self, command: Apply) -> Result<UserView> {
        let Apply { account, confirmation, middle_name, suffix, department } = command;
        let mut check = Check::new();
        check.required("first_name", account.first_name.as_deref().map(PersonName::parse));
        check.required("last_name", account.last_name.as_deref().map(PersonName::parse));
        let middle_name = check.optional("middle_name", middle_name.as_deref().map(name));
        let suffix = check.optional("suffix", suffix.as_deref().map(check_suffix));
        let given = account.password.as_deref();
        if given.is_some() && confirmation.is_some_and(|again| Some(again.as_str()) != given) {
            check.note("confirm_password", Problem::Mismatch);
        }
        let applicant = look_over(&mut check, &account);
        check.done()?;
        let mut applicant = applicant.ok_or_else(|| Violations::one("email", Problem::Required))?;
        applicant.middle_name = middle_name.unwrap_or_default();
        applicant.suffix = suffix.unwrap_or_default();
        let organization = self.joined(account.organization.as_ref()).await?;
        let department = self.department(organization.id, department.as_ref()).await?;
        self.add(None, &organization, applicant, Role::Customer, Approval::Pending, department).await
    }

    /// Makes an account in the actor's organization that has no password yet and waits for approval; admins only.
    pub async fn invite(&self, actor: &Actor, command: Invite) -> Result<UserView> {
        policy::may_administer_users(actor)?;
        let applicant = invited(&command)?;
        let department = self.department(actor.organization, command.department.as_ref()).await?;
        let organization = self.organizations.get(actor.organization).await?.ok_or(IdentityError::NotFound)?;
        let role = command.role.unwrap_or(Role::Customer);
        self.add(Some(actor), &organization, applicant, role, Approval::Pending, department).await
    }

    /// A part of all accounts, those that wait included, by age; admins only.
    pub async fn roster(&self, actor: &Actor, page: &PageRequest) -> Result<Page<UserView>> {
        policy::may_administer_users(actor)?;
        Ok(self.people.page(actor.organization, &UserQuery::default(), page).await?)
    }

    /// Lets a pending account in; admins only.
    pub async fn approve(&self, actor: &Actor, target: &Target) -> Result<UserView> {
        policy::may_administer_users(actor)?;
        let id = race::settle(target.may_retry(), async || {
            let mut user = self.get(actor, target).await?;
            let id = user.id;
            let now = self.clock.now();
            let event = user.approve(actor, now)?;
            let letter = self.letter(&user, Message::AccountApproved, now);
            let outcome = Outcome { kind: "user", id: id.0, parent: None, created: false };
            let changes = Changes::by(actor).with(Write::SaveUser(Box::new(user)), [event]).with(letter, []).showing(outcome);
            self.work.commit(changes).await?;
            Ok::<_, IdentityError>(id)
        })
        .await?;
        self.people.view(actor.organization, id).await?.ok_or(IdentityError::NotFound)
    }

    /// Writes down that a pending account was not let in, by whom and why, and deletes it; admins only.
    pub async fn reject(&self, actor: &Actor, target: &Target, reason: Option<String>) -> Result<Rejection> {
        policy::may_administer_users(actor)?;
        let mut check = Check::new();
        let reason = check.optional("reason", reason.as_deref().map(Note::parse));
        check.done()?;
        let reason = reason.map(String::from).filter(|reason| !reason.is_empty());
        race::settle(target.may_retry(), async || self.reject_once(actor, target, reason.clone()).await).await
    }

    async fn reject_once(&self, actor: &Actor, target: &Target, reason: Option<String>) -> Result<Rejection> {
        let mut user = self.get(actor, target).await?;
        let now = self.clock.now();
        let event = user.reject(actor, reason.clone(), now)?;
        let view = self.people.view(actor.organization, user.id).await?.ok_or(IdentityError::NotFound)?;
        let rejection = Rejection {
            id: RejectionId(self.ids.next()),
            organization: actor.organization,
            user: user.id,
            company_number: view.company_number,
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            email: user.email.to_string(),
            department: view.department.map(|department| department.name),
            reason,
            rejected_by: actor.user,
            rejected_at: now,
        };
        let letter = self.letter(&user, Message::AccountRejected { reason: rejection.reason.clone() }, now);
        let outcome = Outcome { kind: "rejection", id: rejection.id.0, parent: None, created: false };
        let changes = Changes::by(actor)
            .with(Write::EndSessionsOf(user.id, self.clock.real()), [])
            .with(Write::EndResetsOf(user.id, self.clock.real()), [])
            .with(Write::SaveUser(Box::new(user)), [event])
            .with(Write::AddRejection(Box::new(rejection.clone())), [])
            .with(letter, [])
            .showing(outcome);
        self.work.commit(changes).await?;
        Ok(rejection)
    }

    /// What a new account's owner is written: that it waits, or how to choose a password.
    pub(super) fn welcome(&self, user: &User) -> Vec<Write> {
        if user.password_hash.is_empty() {
            self.resets.invitation(user, self.clock.real())
        } else if user.approval == Approval::Pending {
            vec![self.letter(user, Message::AccountReceived, user.created_at)]
        } else {
            Vec::new()
        }
    }

    fn letter(&self, user: &User, message: Message, now: Moment) -> Write {
        Write::AddMail(Box::new(Mail {
            id: MailId(self.ids.next()),
            organization: user.organization,
            user: None,
            to: Mailbox::from(user),
            message,
            created_at: now,
            expires_at: None,
        }))
    }

    /// A part of those who were not let in, newest first; admins only.
    pub async fn rejections(&self, actor: &Actor, page: &PageRequest) -> Result<Page<RejectionView>> {
        policy::may_administer_users(actor)?;
        Ok(self.people.rejections(actor.organization, page).await?)
    }

    /// How many were not let in, for staff.
    pub async fn count_rejections(&self, actor: &Actor) -> Result<u64> {
        policy::may_list_users(actor)?;
        Ok(self.people.count_rejections(actor.organization).await?)
    }
}

fn invited(command: &Invite) -> Result<Applicant> {
    let mut check = Check::new();
    let email = check.required("email", command.email.as_deref().map(Email::parse));
    let first_name = check.required("first_name", command.first_name.as_deref().map(PersonName::parse));
    let last_name = check.required("last_name", command.last_name.as_deref().map(PersonName::parse));
    let middle_name = check.optional("middle_name", command.middle_name.as_deref().map(name));
    let suffix = check.optional("suffix", command.suffix.as_deref().map(check_suffix));
    check.done()?;
    let email = email.ok_or_else(|| Violations::one("email", Problem::Required))?;
    Ok(Applicant {
        email,
        password: None,
        username: None,
        first_name: first_name.map(String::from).unwrap_or_default(),
        last_name: last_name.map(String::from).unwrap_or_default(),
        middle_name: middle_name.unwrap_or_default(),
        suffix: suffix.unwrap_or_default(),
        image: None,
    })
}

fn check_suffix(text: &str) -> std::result::Result<String, Problem> {
    let text = text.trim();
    let known = text.is_empty() || SUFFIXES.contains(&text);
    if known { Ok(text.to_owned()) } else { Err(Problem::InvalidChoice(text.to_owned())) }
}
