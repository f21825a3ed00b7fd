//! The use cases of macros.

use std::sync::Arc;

use super::command::WriteMacro;
use super::engine::{Deed, Hand, Known, Needed, Sources};
use super::port::{Glossary, MacroRepository};
use super::written::Reading;
use super::{Macro, MacroChange, MacroView, RuleAction, RuleError, policy};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{MacroId, Reference, Target, TicketId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{Label, Note};
use crate::kernel::violation::{Problem, Violations};
use crate::ticket::port::{TicketReader, TicketRepository};
use crate::ticket::{TicketError, TicketView, Utterance};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// What a macro does.
const ACTIONS: [&str; 3] = ["assign", "set", "comment"];

/// What the use cases of macros need from outside.
#[derive(Clone)]
pub struct Macros {
    /// Macros.
    pub macros: Arc<dyn MacroRepository>,
    /// What they name.
    pub glossary: Arc<dyn Glossary>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// Tickets to show.
    pub reader: Arc<dyn TicketReader>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, RuleError>;

impl Macros {
    /// A part of the macros that the actor may use: the public ones and their own, by name.
    pub async fn list(&self, actor: &Actor, search: Option<String>, page: &PageRequest) -> Result<Page<MacroView>> {
        policy::may_read(actor)?;
        Ok(self.macros.page(actor.organization, actor.user, search, page).await?)
    }

    /// One macro.
    pub async fn read(&self, actor: &Actor, meant: &Reference) -> Result<MacroView> {
        let view = self.macros.view(actor.organization, actor.user, meant).await?.ok_or(RuleError::NoMacro)?;
        policy::may_read(actor)?;
        Ok(view)
    }

    /// Makes a macro.
    pub async fn create(&self, actor: &Actor, command: WriteMacro) -> Result<MacroView> {
        policy::may_read(actor)?;
        let MacroChange { name, description, is_public, actions } = self.checked(actor, &command, None).await?;
        let (Some(name), Some(actions)) = (name, actions) else {
            return Err(Violations::one("name", Problem::Required).into());
        };
        let now = self.clock.now();
        let made = Macro {
            id: MacroId(self.ids.next()),
            organization: actor.organization,
            name,
            description: description.unwrap_or_else(|| Note::trusted(String::new())),
            is_public: is_public.unwrap_or(false),
            actions,
            created_by: actor.user,
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        policy::may_change_macro(actor, &made)?;
        let (id, event) = (made.id, self.event(actor, &made, CatalogChange::Created));
        let changes = Changes::by(actor).with(Write::AddMacro(Box::new(made)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "macro", id: id.0, parent: None, created: true })).await?;
        self.read(actor, &id.into()).await
    }

    /// Changes a macro. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, target: Target, command: WriteMacro) -> Result<MacroView> {
        let id = race::settle(target.may_retry(), async || self.edit_once(actor, &target, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, target: &Target, command: &WriteMacro) -> Result<MacroId> {
        let mut changed = self.get(actor, target).await?;
        let was_public = changed.is_public;
        let change = self.checked(actor, command, Some(&changed)).await?;
        let id = changed.id;
        if changed.change(change, self.clock.now()) {
            policy::may_change_macro(actor, &changed)?;
            if was_public && !changed.is_public && changed.created_by != actor.user {
                return Err(RuleError::NotYours);
            }
            let event = self.event(actor, &changed, CatalogChange::Updated);
            let changes = Changes::by(actor).with(Write::SaveMacro(Box::new(changed)), [event]);
            self.work.commit(changes.showing(Outcome { kind: "macro", id: id.0, parent: None, created: false })).await?;
        }
        Ok(id)
    }

    /// Removes a macro.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let gone = self.get(actor, target).await?;
            let event = self.event(actor, &gone, CatalogChange::Deleted);
            let write = Write::DeleteMacro(gone.id, gone.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    /// Does with a ticket what a macro says, in the name of the actor: all of it or nothing.
    pub async fn carry_out(&self, actor: &Actor, ticket: &Target, meant: Option<Reference>) -> Result<TicketView> {
        let id = race::settle(ticket.may_retry(), async || self.carry_out_once(actor, ticket, meant.as_ref()).await).await?;
        Ok(self.reader.view(actor.into(), &id.into()).await?.ok_or(TicketError::NotFound)?)
    }

    async fn carry_out_once(&self, actor: &Actor, target: &Target, meant: Option<&Reference>) -> Result<TicketId> {
        let ticket = self.tickets.find(actor.into(), &target.reference).await?.ok_or(TicketError::NotFound)?;
        target.allows(ticket.revision)?;
        policy::may_read(actor)?;
        if ticket.merged_into.is_some() {
            return Err(TicketError::Merged.into());
        }
        let meant = meant.ok_or_else(|| Violations::one("macro", Problem::Required))?;
        let found = self.macros.view(actor.organization, actor.user, meant).await?;
        let found = found.ok_or_else(|| Violations::one("macro", Problem::Unknown(meant.to_string())))?.shown;
        let sources = Sources { glossary: &*self.glossary, reader: &*self.reader, organization: actor.organization };
        let actions = found.actions.iter().collect();
        let known = Known::gather(&sources, Needed { tickets: vec![&*ticket], actions, ..Needed::default() }).await?;
        let (now, fresh) = (self.clock.now(), || self.ids.next());
        let in_public = if actor.user == ticket.requester { Utterance::Reply } else { Utterance::Answer };
        let hand = Hand { author: actor.user, in_public, known: &known, now, fresh: &fresh };
        let Deed { ticket, happened, comments, webhooks: _ } = Deed::of(&ticket, &found.actions, &hand)?;
        let id = ticket.id;
        let outcome = Outcome { kind: "ticket", id: id.0, parent: None, created: false };
        let events: Vec<Event> = happened.into_iter().map(|what| Event::of_ticket(id, actor, now, what)).collect();
        let mut changes = Changes::by(actor);
        if !events.is_empty() {
            changes = changes.with(Write::SaveTicket(Box::new(ticket)), events);
        }
        let comments = comments.into_iter().map(Write::AddComment);
        let changes = comments.fold(changes, |changes, write| changes.with(write, []));
        self.work.commit(changes.showing(outcome)).await?;
        Ok(id)
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Macro> {
        let found = self.read(actor, &target.reference).await?.shown;
        policy::may_change_macro(actor, &found)?;
        target.allows(found.revision)?;
        Ok(found)
    }

    /// What is written, looked at.
    async fn checked(&self, actor: &Actor, write: &WriteMacro, present: Option<&Macro>) -> Result<MacroChange> {
        let kept = present.map(|present| present.actions.iter().flat_map(RuleAction::names).collect()).unwrap_or_default();
        let is_new = present.is_none();
        Reading::twice(&*self.glossary, actor.organization, kept, |reading| read(reading, write, is_new)).await
    }

    fn event(&self, actor: &Actor, about: &Macro, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Macro, about.id.0, actor, self.clock.now(), change, about.told_name())
    }
}

fn read(reading: &mut Reading, write: &WriteMacro, is_new: bool) -> MacroChange {
    let WriteMacro { name, description, is_public, actions } = write;
    let (check, name) = (&mut reading.check, name.as_deref().map(Label::parse));
    let name = if is_new { check.required("name", name) } else { check.optional("name", name) };
    let description = check.optional("description", description.as_deref().map(Note::parse));
    if is_new && actions.is_none() {
        check.note("then", Problem::Required);
    }
    let actions = actions.as_ref().and_then(|actions| reading.actions(actions, &ACTIONS));
    MacroChange { name, description, is_public: *is_public, actions }
}
