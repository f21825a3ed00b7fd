//! Taking a person out, and erasing them.

use std::sync::Arc;

use super::port::PersonalRepository;
use super::{ERASED_USER, ErasedPerson, Erasure, PersonalExport, PersonalView, PrivacyError, RewrittenEvent};
use crate::audit::{AuditAction, AuditEntry, AuditSubject};
use crate::automation::automaton;
use crate::event::{Event, Happened};
use crate::identity::UserChange;
use crate::identity::port::IdentityRepository;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::id::{OrganizationId, Reference, UserId};
use crate::kernel::race;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// How many tickets are erased in one commit.
const TICKETS: u64 = 50;

/// How many positions of the log are read at once, and how many events are rewritten in one commit: neither takes long, and
/// what is done by then is not done again.
const POSITIONS: i64 = 10_000;
const REWRITTEN: usize = 500;

/// The use cases of privacy; all for admins.
#[derive(Clone)]
pub struct Privacy {
    /// What is kept of people.
    pub personal: Arc<dyn PersonalRepository>,
    /// Accounts.
    pub people: Arc<dyn IdentityRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

type Result<T> = std::result::Result<T, PrivacyError>;

impl Privacy {
    /// All that is kept of a person. The audit log tells of it before the first of it goes.
    pub async fn export(&self, actor: &Actor, person: &Reference) -> Result<PersonalExport> {
        let person = self.person(actor, person).await?;
        let subject = Some(AuditSubject::user(person.id));
        let entry = AuditEntry::by(actor, AuditAction::UserExported, subject, self.clock.now());
        self.work.commit(Changes::by(actor).with(Write::AddAudit(Box::new(entry)), [])).await?;
        Ok(PersonalExport::new(person, Arc::clone(&self.personal), actor.organization))
    }

    /// Takes a person's name, addresses and words out of everything that is kept, ends their logins and their account. What
    /// is counted stays counted. Done again, also after it broke off in the middle, it goes on and changes nothing more.
    pub async fn erase(&self, actor: &Actor, reference: &Reference) -> Result<Erasure> {
        let person = self.person(actor, reference).await?;
        self.keeps_an_admin(actor, &person).await?;
        // first, so that nothing is written meanwhile
        race::settle(true, async || self.shut_out(actor, &person).await).await?;
        if person.erased_at.is_none() {
            self.erase_tickets(actor.organization, &person).await?;
            self.erase_events(actor.organization, &person).await?;
        }
        // last, with the key of the request: whoever begins again still finds the account, and goes on
        race::settle(true, async || self.erase_account(actor, &person.id.into()).await).await?;
        self.erasure(actor, &person.id.into()).await
    }

    /// That a person is erased.
    pub async fn erasure(&self, actor: &Actor, person: &Reference) -> Result<Erasure> {
        let PersonalView { id: user, serial, erased_at, .. } = self.person(actor, person).await?;
        Ok(Erasure { user, serial, erased_at: erased_at.ok_or(PrivacyError::NotFound)? })
    }

    async fn person(&self, actor: &Actor, person: &Reference) -> Result<PersonalView> {
        let found = self.personal.person(actor.organization, person).await?;
        // who says what rules say is nobody
        let found = found.filter(|found| found.id != automaton(actor.organization)).ok_or(PrivacyError::NotFound)?;
        if actor.is_admin() { Ok(found) } else { Err(PrivacyError::Forbidden) }
    }

    async fn keeps_an_admin(&self, actor: &Actor, person: &PersonalView) -> Result<()> {
        let is_last = person.is_active_admin && self.people.count_admins(actor.organization).await? <= 1;
        if is_last { Err(PrivacyError::LastAdmin) } else { Ok(()) }
    }

    /// Ends their logins and their keys; whether the rest follows or not, they don't come in again.
    async fn shut_out(&self, actor: &Actor, person: &PersonalView) -> Result<()> {
        let Some(mut user) = self.people.find(actor.organization, &person.id.into()).await? else { return Ok(()) };
        let now = self.clock.now();
        let change = UserChange { is_active: Some(false), ..UserChange::default() };
        let Some(event) = user.change(actor, change, now) else { return Ok(()) };
        let mut changes = Changes::of(actor.organization)
            .with(Write::SaveUser(Box::new(user)), [event])
            .with(Write::EndSessionsOf(person.id, self.clock.real()), [])
            .with(Write::EndResetsOf(person.id, self.clock.real()), []);
        if person.is_active_admin {
            changes = changes.with(Write::KeepAdmin, []);
        }
        Ok(self.work.commit(changes).await?)
    }

    async fn erase_account(&self, actor: &Actor, reference: &Reference) -> Result<()> {
        let person = self.person(actor, reference).await?;
        if person.erased_at.is_some() {
            return Ok(());
        }
        self.keeps_an_admin(actor, &person).await?;
        let now = self.clock.now();
        let mut erased = Event::of_person(actor, person.id, now, Happened::UserErased);
        if actor.user == person.id {
            ERASED_USER.clone_into(&mut erased.actor_name);
        }
        let mut changes = Changes::by(actor)
            .with(Write::EraseUser(person.id, now), [erased])
            .with(Write::EndSessionsOf(person.id, self.clock.real()), [])
            .with(Write::EndResetsOf(person.id, self.clock.real()), []);
        if person.is_active_admin {
            changes = changes.with(Write::KeepAdmin, []);
        }
        let outcome = Outcome { kind: "erasure", id: person.id.0, parent: None, created: false };
        Ok(self.work.commit(changes.showing(outcome)).await?)
    }

    async fn erase_tickets(&self, organization: OrganizationId, person: &PersonalView) -> Result<()> {
        loop {
            let tickets = self.personal.tickets(organization, person.id, TICKETS).await?;
            if tickets.is_empty() {
                return Ok(());
            }
            let erase = Write::EraseTickets(person.id, tickets, self.clock.now());
            self.work.commit(Changes::of(organization).with(erase, [])).await?;
        }
    }

    /// The log and the histories that are made of it, from where it was left.
    async fn erase_events(&self, organization: OrganizationId, person: &PersonalView) -> Result<()> {
        let tickets = self.personal.asked_for(organization, person.id).await?;
        let mut reached = self.personal.reached(organization, person.id).await?;
        let deeds = if reached > 0 { self.personal.deeds(organization, person.id, &tickets, reached).await? } else { Vec::new() };
        let mut erased = ErasedPerson::new(person, tickets);
        deeds.iter().for_each(|deed| erased.note(&deed.event));
        let things = erased.things();
        while let Some((events, end)) = self.personal.events(organization, person.id, &things, reached, POSITIONS).await? {
            let rewritten = events.iter().filter_map(|recorded| erased.taken_from(recorded)).collect();
            self.rewrite(organization, person.id, rewritten, end).await?;
            reached = end;
        }
        Ok(())
    }

    async fn rewrite(
        &self,
        organization: OrganizationId,
        person: UserId,
        mut events: Vec<RewrittenEvent>,
        end: i64,
    ) -> Result<()> {
        loop {
            let rest = events.split_off(events.len().min(REWRITTEN));
            let reached = events.last().filter(|_| !rest.is_empty()).map_or(end, |last| last.position);
            self.work.commit(Changes::of(organization).with(Write::RewriteEvents(person, events, reached), [])).await?;
            if rest.is_empty() {
                return Ok(());
            }
            events = rest;
        }
    }
}
