//! Editing a ticket: any of its fields, its status and its assignee at once, or nothing.

use super::context::Tags;
use super::open::check_fields;
use super::{Result, Tickets};
use crate::event::{Event, FieldChange, Happened};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, Reference, TicketId};
use crate::kernel::race;
use crate::kernel::text::{Description, Email, Label, Note, Title};
use crate::kernel::violation::{Check, Problem};
use crate::ticket::command::EditTicket;
use crate::ticket::{Action, Priority, Status, Swap, Ticket, TicketChange, TicketError, TicketView, policy};
use crate::work::{Changes, Write};

/// What became of an edit: the ticket, and the changes as they were recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The ticket as it is now.
    pub view: TicketView,
    /// What the edit changed; empty when it changed nothing.
    pub happened: Vec<Happened>,
}

impl Tickets {
    /// Edits a ticket. Staff edit everything; requesters their own fields while the ticket is open to them,
    /// and they close and reopen by writing the status. An edit that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditTicket) -> Result<Edited> {
        let (id, happened) = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        Ok(Edited { view: self.show(actor, id).await?, happened })
    }

    pub(super) async fn edit_once(&self, actor: &Actor, command: &EditTicket) -> Result<(TicketId, Vec<Happened>)> {
        let mut ticket = self.get(actor, &command.target).await?;
        let now = self.clock.now();
        let (change, tags) = self.change(actor, &ticket, command, now).await?;
        let before = ticket.clone();
        let fields = ticket.change(change, now);
        if !fields.is_empty() {
            policy::may_edit(actor, &before, fields.iter().all(FieldChange::is_requesters_own))?;
        }
        let mut happened = Vec::new();
        if !fields.is_empty() {
            happened.push(Happened::TicketUpdated { changes: fields });
        }
        happened.extend(self.reassign(actor, &mut ticket, command, now).await?);
        happened.extend(self.restatus(actor, &mut ticket, command, now).await?);
        if happened.is_empty() {
            return Ok((ticket.id, happened));
        }
        let events: Vec<Event> = happened.iter().map(|what| Event::of_ticket(ticket.id, actor, now, what.clone())).collect();
        let id = ticket.id;
        let changes = tags.make(actor, now, Changes::by(actor)).with(Write::SaveTicket(Box::new(ticket)), events);
        self.commit(changes, id, false).await?;
        Ok((id, happened))
    }

    async fn reassign(&self, actor: &Actor, ticket: &mut Ticket, command: &EditTicket, now: Moment) -> Result<Option<Happened>> {
        let Some(wanted) = &command.assignee else { return Ok(None) };
        let to = match wanted {
            Some(reference) => Some(self.assignee(actor, reference).await?),
            None => None,
        };
        if ticket.assignee == to.as_ref().map(|person| person.id) {
            return Ok(None);
        }
        policy::may_work(actor)?;
        if ticket.status.is_final() {
            return Err(TicketError::NotAssignable(ticket.status));
        }
        let from = self.present_assignee(actor, ticket).await?;
        Ok(ticket.assign(from, to, now))
    }

    async fn restatus(&self, actor: &Actor, ticket: &mut Ticket, command: &EditTicket, now: Moment) -> Result<Option<Happened>> {
        let Some(to) = command.status.and_then(|word| word.moves(ticket.status)) else { return Ok(None) };
        let action = if actor.is_staff() { Action::Update(to) } else { self.requesters_action(actor, ticket, to, now).await? };
        ticket.step(action, now).map(Some)
    }

    /// What a requester means by writing a status: the action of that name, if it is theirs.
    async fn requesters_action(&self, actor: &Actor, ticket: &Ticket, to: Status, now: Moment) -> Result<Action> {
        policy::may_close_or_reopen(actor, ticket)?;
        match to {
            Status::Closed => Ok(Action::Close),
            Status::Open => {
                let settings = self.settings(actor).await?;
                let refused = TicketError::InvalidTransition { from: ticket.status, action: Action::Reopen };
                if policy::may_still_reopen(actor, ticket, &settings, now) { Ok(Action::Reopen) } else { Err(refused) }
            }
            _ => Err(TicketError::Forbidden),
        }
    }

    /// The command with everything looked at and looked up.
    async fn change(&self, actor: &Actor, ticket: &Ticket, command: &EditTicket, now: Moment) -> Result<(TicketChange, Tags)> {
        let mut check = Check::new();
        let mut change = TicketChange {
            title: check.optional("title", command.title.as_deref().map(Title::parse)),
            description: check.optional("description", command.description.as_deref().map(Description::parse)),
            contact_email: emptied(command.contact_email.as_ref())
                .map(|email| check.optional("contact_email", email.map(Email::parse))),
            priority: priority(&mut check, command, ticket.priority),
            sub_category: emptied(command.sub_category.as_ref())
                .map(|text| check.optional("sub_category", text.map(Label::parse)).map(String::from)),
            admin_notes: emptied(command.admin_notes.as_ref())
                .map(|text| check.optional("admin_notes", text.map(Note::parse)).map(String::from)),
            resolution: emptied(command.resolution.as_ref())
                .map(|text| check.optional("resolution", text.map(Note::parse)).map(String::from)),
            custom_fields: command.custom_fields.clone(),
            due_date: command.due_date,
            scheduled_date: command.scheduled_date,
            category: None,
            department: None,
            tags: None,
        };
        if let Some(fields) = &command.custom_fields {
            let mut merged = ticket.custom_fields.clone();
            merged.extend(fields.clone());
            check_fields(&mut check, &merged);
        }
        check.done()?;
        change.category = self.swap_category(actor, ticket.category, command.category.as_ref()).await?;
        change.department = self.swap_department(actor, ticket.department, command.department.as_ref()).await?;
        let tags = self.retag(actor, ticket, command, &mut change, now).await?;
        Ok((change, tags))
    }

    async fn swap_category(
        &self,
        actor: &Actor,
        present: Option<CategoryId>,
        wanted: Option<&Option<Reference>>,
    ) -> Result<Option<Swap<CategoryId>>> {
        let Some(wanted) = wanted else { return Ok(None) };
        let new = match wanted {
            Some(reference) => Some(self.category(actor, reference).await?),
            None => None,
        };
        if new.as_ref().map(|(id, _)| *id) == present {
            return Ok(None);
        }
        let old_name = match present {
            Some(id) => self.taxonomy.category(actor.organization, &id.into()).await?.map(|category| category.name.into()),
            None => None,
        };
        Ok(Some(Swap { old_name, new }))
    }

    async fn swap_department(
        &self,
        actor: &Actor,
        present: Option<DepartmentId>,
        wanted: Option<&Option<Reference>>,
    ) -> Result<Option<Swap<DepartmentId>>> {
        let Some(wanted) = wanted else { return Ok(None) };
        let new = match wanted {
            Some(reference) => Some(self.department(actor, reference).await?),
            None => None,
        };
        if new.as_ref().map(|(id, _)| *id) == present {
            return Ok(None);
        }
        let old_name = match present {
            Some(id) => self.taxonomy.department(actor.organization, &id.into()).await?.map(|department| department.name.into()),
            None => None,
        };
        Ok(Some(Swap { old_name, new }))
    }

    async fn retag(
        &self,
        actor: &Actor,
        ticket: &Ticket,
        command: &EditTicket,
        change: &mut TicketChange,
        now: Moment,
    ) -> Result<Tags> {
        let Some(references) = &command.tags else { return Ok(Tags::default()) };
        let tags = self.tags(actor, references, now).await?;
        let before: Vec<Reference> = ticket.tags.iter().map(|tag| (*tag).into()).collect();
        let old = self.taxonomy.tags(actor.organization, &before).await?;
        let old_names = old.into_iter().flatten().map(|tag| tag.name.into()).collect();
        change.tags = Some((tags.ids(), old_names, tags.names()));
        Ok(tags)
    }
}

/// Empty text empties a field that may be empty.
fn emptied(field: Option<&Option<String>>) -> Option<Option<&str>> {
    field.map(|text| text.as_deref().filter(|text| !text.trim().is_empty()))
}

/// The priority that is meant. A ticket that has one keeps one.
fn priority(check: &mut Check, command: &EditTicket, present: Option<Priority>) -> Option<Priority> {
    let moved = command.priority.and_then(|word| word.moves(present))?;
    if moved.is_none() {
        check.note("priority", Problem::Null);
    }
    moved
}
