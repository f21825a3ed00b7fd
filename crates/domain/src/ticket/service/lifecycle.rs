//! The named actions of a ticket's life.

use super::{Result, Tickets};
use crate::event::{Event, FieldChange, Happened, Named};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Target, TicketId};
use crate::kernel::race;
use crate::kernel::text::{CommentText, Note};
use crate::kernel::violation::Check;
use crate::ticket::command::{Approve, UpdateStatus};
use crate::ticket::{Action, Comment, Status, Swap, Ticket, TicketChange, TicketError, TicketView, policy};
use crate::work::{Changes, Write};

/// What an action came to: what happened, and what was said with it.
pub(super) struct Done {
    pub happened: Vec<Happened>,
    pub comment: Option<Comment>,
}

/// A ticket after its status was set.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusUpdated {
    /// Where it was.
    pub from: Status,
    /// As it is now.
    pub view: TicketView,
}

impl From<Happened> for Done {
    fn from(happened: Happened) -> Self {
        Self { happened: vec![happened], comment: None }
    }
}

impl Tickets {
    /// Lets a ticket in with a priority and a department; notes become an internal comment.
    pub async fn approve(&self, actor: &Actor, command: Approve) -> Result<TicketView> {
        self.get(actor, &command.target).await?;
        policy::may_work(actor)?;
        let mut check = Check::new();
        let priority = check.required("priority", command.priority.map(Ok));
        let department = check.required("department", command.department.clone().map(Ok));
        let notes = check.optional("approval_notes", text(command.notes.as_deref()).map(CommentText::parse));
        check.done()?;
        let id = race::settle(command.target.may_retry(), async || {
            let mut ticket = self.get(actor, &command.target).await?;
            let now = self.clock.now();
            let mut done = Done::from(ticket.step(Action::Approve, now)?);
            let new = match &department {
                Some(reference) => Some(self.department(actor, reference).await?),
                None => None,
            };
            let department = Some(Swap { old_name: None, new });
            done.updated(ticket.change(TicketChange { priority, department, ..TicketChange::default() }, now));
            if let Some(notes) = &notes {
                self.say(actor, &mut ticket, notes.clone(), true, now, &mut done);
            }
            self.record(actor, ticket, done, now).await
        })
        .await?;
        self.show(actor, id).await
    }

    /// Refuses a ticket; the reason is required.
    pub async fn reject(&self, actor: &Actor, target: &Target, reason: Option<String>) -> Result<TicketView> {
        self.get(actor, target).await?;
        policy::may_work(actor)?;
        let mut check = Check::new();
        let reason = check.required("rejection_reason", reason.as_deref().map(CommentText::parse));
        check.done()?;
        self.act(actor, target, |ticket, now| {
            let status = ticket.step(Action::Reject, now)?;
            ticket.refuse(reason.clone().map(String::from).unwrap_or_default());
            Ok(status.into())
        })
        .await
    }

    /// Takes an open ticket. Of many who try at once, one gets it.
    pub async fn claim(&self, actor: &Actor, target: &Target) -> Result<TicketView> {
        self.act(actor, target, |ticket, now| {
            policy::may_work(actor)?;
            if ticket.assignee.is_some_and(|holder| holder != actor.user) {
                return Err(TicketError::AlreadyClaimed);
            }
            let mut done = Done::from(ticket.step(Action::Claim, now)?);
            let to = Named { id: actor.user, name: actor.name.clone() };
            done.happened.extend(ticket.assign(None, Some(to), now));
            Ok(done)
        })
        .await
    }

    /// Gives a ticket to somebody of staff or a technician, or to nobody.
    pub async fn assign(&self, actor: &Actor, target: &Target, to: Option<Reference>) -> Result<TicketView> {
        let id = race::settle(target.may_retry(), async || {
            let mut ticket = self.get(actor, target).await?;
            policy::may_work(actor)?;
            if ticket.status.is_final() {
                return Err(TicketError::NotAssignable(ticket.status));
            }
            let to = match &to {
                Some(reference) => Some(self.assignee(actor, reference).await?),
                None => None,
            };
            let (from, now) = (self.present_assignee(actor, &ticket).await?, self.clock.now());
            let happened = ticket.assign(from, to, now).into_iter().collect();
            self.record(actor, ticket, Done { happened, comment: None }, now).await
        })
        .await?;
        self.show(actor, id).await
    }

    /// Sets a status, with an optional resolution and an optional public comment. The status it has already changes nothing.
    pub async fn update_status(&self, actor: &Actor, command: UpdateStatus) -> Result<StatusUpdated> {
        self.get(actor, &command.target).await?;
        policy::may_work(actor)?;
        let mut check = Check::new();
        let comment = check.optional("comment", text(command.comment.as_deref()).map(CommentText::parse));
        let resolution = check.optional("resolution", text(command.resolution.as_deref()).map(Note::parse));
        check.done()?;
        let decide = |ticket: &mut Ticket, now| {
            let mut done = Done { happened: Vec::new(), comment: None };
            if let Some(to) = command.status.moves(ticket.status) {
                done.happened.push(ticket.step(Action::Update(to), now)?);
            }
            done.explained(ticket, resolution.as_ref(), now);
            if let Some(comment) = &comment {
                self.say(actor, ticket, comment.clone(), false, now, &mut done);
            }
            Ok(done)
        };
        self.settle(actor, &command.target, decide).await
    }

    /// Answers a ticket.
    pub async fn resolve(&self, actor: &Actor, target: &Target, resolution: Option<String>) -> Result<TicketView> {
        let mut check = Check::new();
        let resolution = check.optional("resolution", text(resolution.as_deref()).map(Note::parse));
        check.done()?;
        self.act(actor, target, |ticket, now| {
            policy::may_work(actor)?;
            let mut done = Done::from(ticket.step(Action::Resolve, now)?);
            done.explained(ticket, resolution.as_ref(), now);
            Ok(done)
        })
        .await
    }

    /// Is done with a ticket: the requester with a resolved one, staff with any that is not closed yet.
    pub async fn close(&self, actor: &Actor, target: &Target, comment: Option<String>) -> Result<TicketView> {
        let comment = said(comment.as_deref())?;
        self.act(actor, target, |ticket, now| {
            policy::may_close_or_reopen(actor, ticket)?;
            let outright = actor.is_staff() && ticket.status.is_active();
            let action = if outright { Action::CloseOutright } else { Action::Close };
            self.with_comment(actor, ticket, action, comment.clone(), now)
        })
        .await
    }

    /// Opens a ticket again: the requester what was resolved in the last 30 days, staff anything resolved or closed.
    pub async fn reopen(&self, actor: &Actor, target: &Target, comment: Option<String>) -> Result<TicketView> {
        let comment = said(comment.as_deref())?;
        let settings = self.settings(actor).await?;
        self.act(actor, target, |ticket, now| {
            policy::may_close_or_reopen(actor, ticket)?;
            if !policy::may_still_reopen(actor, ticket, &settings, now) {
                return Err(TicketError::InvalidTransition { from: ticket.status, action: Action::Reopen });
            }
            self.with_comment(actor, ticket, Action::Reopen, comment.clone(), now)
        })
        .await
    }

    /// Takes a ticket back; its requester only.
    pub async fn withdraw(&self, actor: &Actor, target: &Target, comment: Option<String>) -> Result<TicketView> {
        let comment = said(comment.as_deref())?;
        self.act(actor, target, |ticket, now| {
            policy::may_withdraw(actor, ticket)?;
            self.with_comment(actor, ticket, Action::Withdraw, comment.clone(), now)
        })
        .await
    }

    /// Removes a ticket with its conversation; admins only. Its history is kept for 30 days more.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let ticket = self.meant(actor, target).await?;
            policy::may_delete(actor)?;
            let now = self.clock.now();
            let gone = Happened::TicketDeleted { title: ticket.title.to_string() };
            let event = Event::of_ticket(ticket.id, actor, now, gone);
            let delete = Write::DeleteTicket(ticket.id, ticket.revision, now);
            Ok(self.work.commit(Changes::by(actor).with(delete, [event])).await?)
        })
        .await
    }

    /// Loads, decides and commits, again when somebody else was quicker; then shows.
    pub(super) async fn act(
        &self,
        actor: &Actor,
        target: &Target,
        decide: impl Fn(&mut Ticket, Moment) -> Result<Done> + Send + Sync,
    ) -> Result<TicketView> {
        Ok(self.settle(actor, target, decide).await?.view)
    }

    /// As [`Self::act`]; tells where the ticket was, too.
    async fn settle(
        &self,
        actor: &Actor,
        target: &Target,
        decide: impl Fn(&mut Ticket, Moment) -> Result<Done> + Send + Sync,
    ) -> Result<StatusUpdated> {
        let (from, id) = race::settle(target.may_retry(), async || {
            let mut ticket = self.get(actor, target).await?;
            let (from, now) = (ticket.status, self.clock.now());
            let done = decide(&mut ticket, now)?;
            Ok::<_, TicketError>((from, self.record(actor, ticket, done, now).await?))
        })
        .await?;
        Ok(StatusUpdated { from, view: self.show(actor, id).await? })
    }

    async fn record(&self, actor: &Actor, ticket: Ticket, done: Done, now: Moment) -> Result<TicketId> {
        let id = ticket.id;
        let Done { happened, comment } = done;
        if happened.is_empty() {
            return Ok(id);
        }
        let events: Vec<Event> = happened.into_iter().map(|what| Event::of_ticket(id, actor, now, what)).collect();
        let mut changes = Changes::by(actor).with(Write::SaveTicket(Box::new(ticket)), events);
        if let Some(comment) = comment {
            changes = changes.with(Write::AddComment(comment), []);
        }
        self.commit(changes, id, false).await?;
        Ok(id)
    }

    fn with_comment(
        &self,
        actor: &Actor,
        ticket: &mut Ticket,
        action: Action,
        comment: Option<CommentText>,
        now: Moment,
    ) -> Result<Done> {
        let mut done = Done::from(ticket.step(action, now)?);
        if let Some(comment) = comment {
            self.say(actor, ticket, comment, false, now, &mut done);
        }
        Ok(done)
    }

    pub(super) fn say(
        &self,
        actor: &Actor,
        ticket: &mut Ticket,
        content: CommentText,
        is_internal: bool,
        now: Moment,
        done: &mut Done,
    ) {
        let (comment, said) = self.new_comment(actor, ticket, content, is_internal, now);
        done.happened.push(said);
        done.comment = Some(comment);
    }
}

impl Done {
    fn updated(&mut self, changes: Vec<FieldChange>) {
        if !changes.is_empty() {
            self.happened.push(Happened::TicketUpdated { changes });
        }
    }

    fn explained(&mut self, ticket: &mut Ticket, resolution: Option<&Note>, now: Moment) {
        if let Some(text) = resolution {
            let resolution = Some(Some(text.to_string()));
            self.updated(ticket.change(TicketChange { resolution, ..TicketChange::default() }, now));
        }
    }
}

fn text(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

pub(super) fn said(comment: Option<&str>) -> Result<Option<CommentText>> {
    let mut check = Check::new();
    let comment = check.optional("comment", text(comment).map(CommentText::parse));
    check.done()?;
    Ok(comment)
}
