//! What an organization is, and what it chooses.

use super::Accounts;
use super::Result;
use super::installation::check_zone;
use crate::event::Event;
use crate::identity::command::ChangeOrganization;
use crate::identity::{Chosen, IdentityError, Organization, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Target};
use crate::kernel::race;
use crate::kernel::text::Label;
use crate::kernel::violation::{Check, Problem, in_range};
use crate::work::{Changes, Outcome, Write};

/// The longest time in which a requester may reopen a ticket: ten years.
const MOST_DAYS: i64 = 3_650;
/// The most characters of an address.
const MOST_CHARACTERS: usize = 2048;
/// The most bytes of a secret.
const MOST_BYTES: usize = 256;
/// The longest time in which authors may edit their comments: a year.
const MOST_MINUTES: i64 = 525_600;

impl Accounts {
    /// The actor's organization; for staff.
    pub async fn organization(&self, actor: &Actor) -> Result<Organization> {
        policy::may_see_organization(actor)?;
        self.organizations.get(actor.organization).await?.ok_or(IdentityError::NotFound)
    }

    /// Changes the actor's organization; for admins.
    pub async fn change_organization(&self, actor: &Actor, command: ChangeOrganization) -> Result<Organization> {
        self.organization(actor).await?;
        policy::may_change_organization(actor)?;
        self.check_workflow(&command).await?;
        race::settle(command.revision.is_none(), async || self.change_organization_once(actor, &command).await).await?;
        self.organization(actor).await
    }

    async fn check_workflow(&self, command: &ChangeOrganization) -> Result<()> {
        let Some(url) = given(command.workflow_url.as_deref()) else { return Ok(()) };
        let mut check = Check::new();
        if url.chars().count() > MOST_CHARACTERS {
            check.note("workflow_url", Problem::TooLong(MOST_CHARACTERS));
        } else {
            check.field("workflow_url", self.endpoints.check(url).await);
        }
        Ok(check.done()?)
    }

    async fn change_organization_once(&self, actor: &Actor, command: &ChangeOrganization) -> Result<()> {
        let before = self.organization(actor).await?;
        policy::may_change_organization(actor)?;
        Target { reference: Reference::Id(before.id.0), revision: command.revision }.allows(before.revision)?;
        let after = changed(before.clone(), command, self.clock.now())?;
        let changes = after.changes_since(&before);
        if changes.is_empty() {
            return Ok(());
        }
        let event = Event::of_organization(actor, self.clock.now(), changes);
        let outcome = Outcome { kind: "organization", id: after.id.0, parent: None, created: false };
        Ok(self.work.commit(Changes::by(actor).with(Write::SaveOrganization(after), [event]).showing(outcome)).await?)
    }
}

fn changed(mut organization: Organization, command: &ChangeOrganization, now: Moment) -> Result<Organization> {
    let mut check = Check::new();
    let name = check.optional("name", command.name.as_deref().map(Label::parse));
    let domain = check.optional("domain", command.domain.as_deref().map(domain));
    let time_zone = check.optional("time_zone", command.time_zone.as_deref().map(check_zone));
    let reopen_days = check.optional("reopen_days", command.reopen_days.map(|days| in_range(days, 0..=MOST_DAYS)));
    let minutes = command.comment_edit_minutes.map(|minutes| in_range(minutes, 0..=MOST_MINUTES));
    let comment_edit_minutes = check.optional("comment_edit_minutes", minutes);
    let secret = command.workflow_secret.as_deref().map(|secret| {
        let fits = secret.len() <= MOST_BYTES && !secret.contains('\0');
        if fits { Ok(given(Some(secret))) } else { Err(Problem::TooManyBytes(MOST_BYTES)) }
    });
    let secret = check.optional("workflow_secret", secret);
    let present = &organization.settings;
    let auto_close = chosen(&mut check, "auto_close_days", command.auto_close_days, present.auto_close, now);
    let reminder = chosen(&mut check, "pending_reminder_days", command.pending_reminder_days, present.pending_reminder, now);
    check.done()?;
    if let Some(wanted) = command.sandbox {
        organization.choose_sandbox(wanted)?;
    }
    organization.name = name.map_or(organization.name, String::from);
    organization.domain = domain.unwrap_or(organization.domain);
    organization.time_zone = time_zone.unwrap_or(organization.time_zone);
    let settings = &mut organization.settings;
    settings.requires_approval = command.requires_approval.unwrap_or(settings.requires_approval);
    settings.requires_account_approval = command.requires_account_approval.unwrap_or(settings.requires_account_approval);
    settings.reopen_days = reopen_days.unwrap_or(settings.reopen_days);
    settings.comment_edit_minutes = comment_edit_minutes.unwrap_or(settings.comment_edit_minutes);
    (settings.auto_close, settings.pending_reminder) = (auto_close, reminder);
    if let Some(url) = &command.workflow_url {
        settings.workflow_url = given(Some(url)).map(str::to_owned);
    }
    if let Some(secret) = secret {
        settings.workflow_secret = secret.map(str::to_owned);
    }
    Ok(organization)
}

/// So many days from now on, unless it is so many already.
fn chosen(check: &mut Check, field: &str, days: Option<Option<i64>>, present: Option<Chosen>, now: Moment) -> Option<Chosen> {
    let Some(days) = days else { return present };
    let days = check.optional(field, days.map(|days| in_range(days, 1..=MOST_DAYS)))?;
    present.filter(|present| present.days == days).or(Some(Chosen { days, since: now }))
}

/// What is not empty.
fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn domain(text: &str) -> std::result::Result<Option<String>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { Label::parse(text).map(|domain| Some(domain.into())) }
}
