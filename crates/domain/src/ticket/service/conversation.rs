//! What is said on a ticket.

use super::{Result, Tickets, unknown};
use crate::event::{Event, Happened};
use crate::identity::User;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, Reference, Target, TicketId};
use crate::kernel::race;
use crate::kernel::text::CommentText;
use crate::kernel::violation::{Check, Problem};
use crate::ticket::command::{AddComment, EditComment, Respond};
use crate::ticket::{Action, Comment, CommentState, CommentView, Status, Ticket, TicketError, Utterance, policy};
use crate::work::{Changes, Outcome, Write};

/// The most people one comment mentions.
const MOST_MENTIONS: usize = 50;

impl Tickets {
    /// Says something on a ticket. A requester's public comment puts a pending ticket back to open; the first public
    /// answer of staff is the first response.
    pub async fn comment(&self, actor: &Actor, command: AddComment) -> Result<CommentView> {
        let (ticket, comment) =
            race::settle(command.target.may_retry(), async || self.comment_once(actor, &command).await).await?;
        self.show_comment(actor, ticket, comment).await
    }

    async fn comment_once(&self, actor: &Actor, command: &AddComment) -> Result<(TicketId, CommentId)> {
        let mut ticket = self.get(actor, &command.target).await?;
        policy::may_comment(actor, &ticket, command.is_internal)?;
        let mut check = Check::new();
        let content = check.required("content", command.content.as_deref().map(CommentText::parse));
        if command.mentions.len() > MOST_MENTIONS {
            check.note("mentions", Problem::TooMany(MOST_MENTIONS));
        }
        check.done()?;
        let now = self.clock.now();
        let mentioned = self.mentioned(actor, &command.mentions).await?;
        let mut happened = Vec::new();
        let answers = actor.user == ticket.requester && !command.is_internal && ticket.status == Status::Pending;
        if answers {
            happened.push(ticket.step(Action::Answer, now)?);
        }
        let content = content.unwrap_or_else(|| CommentText::trusted(String::new()));
        let state = self.comment_state(actor, &ticket, content, command.is_internal, now);
        let hears = mentioned.iter().filter(|user| hears(user, &ticket, command.is_internal)).map(|user| user.id).collect();
        let mentions = mentioned.iter().map(|user| user.id).collect();
        let (comment, said) = Comment::say(CommentState { mentions, ..state }, actor.is_staff(), hears);
        ticket.heard(utterance(actor, &ticket, command.is_internal), now);
        happened.push(said);
        let ids = (ticket.id, comment.id);
        let events: Vec<Event> = happened.into_iter().map(|what| Event::of_ticket(ticket.id, actor, now, what)).collect();
        let changes = Changes::by(actor).with(Write::SaveTicket(Box::new(ticket)), events).with(Write::AddComment(comment), []);
        self.commit_comment(changes, ids, true).await?;
        Ok(ids)
    }

    /// Answers a ticket and sets its status, in one commit; staff only. A status that it is shown with already stays.
    pub async fn respond(&self, actor: &Actor, command: Respond) -> Result<CommentView> {
        let (ticket, comment) = race::settle(command.target.may_retry(), async || {
            let mut ticket = self.get(actor, &command.target).await?;
            policy::may_work(actor)?;
            let mut check = Check::new();
            let content = check.required("response", command.content.as_deref().map(CommentText::parse));
            check.done()?;
            let content = content.unwrap_or_else(|| CommentText::trusted(String::new()));
            let now = self.clock.now();
            let (comment, said) = self.new_comment(actor, &mut ticket, content, command.is_internal, now);
            let moved = match command.status.and_then(|word| word.moves(ticket.status)) {
                Some(to) => Some(ticket.step(Action::Update(to), now)?),
                None => None,
            };
            let ids = (ticket.id, comment.id);
            let events = std::iter::once(said).chain(moved).map(|what| Event::of_ticket(ids.0, actor, now, what));
            let changes = Changes::by(actor).with(Write::SaveTicket(Box::new(ticket)), events.collect::<Vec<_>>());
            self.commit_comment(changes.with(Write::AddComment(comment), []), ids, true).await?;
            Ok::<_, TicketError>(ids)
        })
        .await?;
        self.show_comment(actor, ticket, comment).await
    }

    /// Says it differently: authors for some minutes, admins always.
    pub async fn edit_comment(&self, actor: &Actor, command: EditComment) -> Result<CommentView> {
        let (ticket, comment) = race::settle(command.comment.may_retry(), async || {
            let (mut ticket, mut comment) = self.own_comment(actor, &command.ticket, &command.comment).await?;
            if command.is_internal == Some(true) {
                policy::may_comment(actor, &ticket, true)?;
            }
            let mut check = Check::new();
            let content = check.optional("content", command.content.as_deref().map(CommentText::parse));
            check.done()?;
            let now = self.clock.now();
            let ids = (ticket.id, comment.id);
            let was_internal = comment.is_internal;
            if let Some(edited) = comment.edit(content, command.is_internal, now) {
                ticket.heard(Utterance::of(was_internal && comment.is_internal), now);
                let event = Event::of_ticket(ticket.id, actor, now, edited);
                let changes =
                    Changes::by(actor).with(Write::SaveTicket(Box::new(ticket)), [event]).with(Write::SaveComment(comment), []);
                self.commit_comment(changes, ids, false).await?;
            }
            Ok::<_, TicketError>(ids)
        })
        .await?;
        self.show_comment(actor, ticket, comment).await
    }

    /// Takes it back: authors for some minutes, admins always.
    pub async fn delete_comment(&self, actor: &Actor, ticket: &Reference, comment: &Target) -> Result<()> {
        race::settle(comment.may_retry(), async || {
            let (mut ticket, comment) = self.own_comment(actor, ticket, comment).await?;
            let now = self.clock.now();
            ticket.heard(Utterance::of(comment.is_internal), now);
            let gone = Happened::CommentDeleted { comment: comment.id, is_internal: comment.is_internal };
            let event = Event::of_ticket(ticket.id, actor, now, gone);
            let delete = Write::DeleteComment(ticket.id, comment.id);
            let changes = Changes::by(actor).with(Write::SaveTicket(Box::new(ticket)), [event]).with(delete, []);
            Ok(self.work.commit(changes).await?)
        })
        .await
    }

    async fn own_comment(&self, actor: &Actor, ticket: &Reference, target: &Target) -> Result<(Ticket, Comment)> {
        let ticket = self.get(actor, &ticket.clone().into()).await?;
        let found = self.tickets.comment(actor.into(), ticket.id, &target.reference).await?;
        let comment = found.ok_or(TicketError::NoComment)?;
        target.allows(comment.revision)?;
        policy::may_edit_comment(actor, &comment, &self.settings(actor).await?, self.clock.now())?;
        Ok((ticket, comment))
    }

    /// A comment of the actor that mentions nobody, and what happened by it.
    pub(super) fn new_comment(
        &self,
        actor: &Actor,
        ticket: &mut Ticket,
        content: CommentText,
        is_internal: bool,
        now: Moment,
    ) -> (Comment, Happened) {
        ticket.heard(utterance(actor, ticket, is_internal), now);
        Comment::say(self.comment_state(actor, ticket, content, is_internal, now), actor.is_staff(), Vec::new())
    }

    fn comment_state(
        &self,
        actor: &Actor,
        ticket: &Ticket,
        content: CommentText,
        is_internal: bool,
        now: Moment,
    ) -> CommentState {
        CommentState {
            id: CommentId(self.ids.next()),
            ticket: ticket.id,
            author: actor.user,
            content,
            is_internal,
            mentions: Vec::new(),
            created_at: now,
            updated_at: now,
            revision: 1,
        }
    }

    async fn mentioned(&self, actor: &Actor, references: &[Reference]) -> Result<Vec<User>> {
        let mut mentioned: Vec<User> = Vec::new();
        for reference in references {
            let user = self.people.find(actor.organization, reference).await?;
            let user = user.ok_or_else(|| unknown("mentions", reference))?;
            if !mentioned.iter().any(|other| other.id == user.id) {
                mentioned.push(user);
            }
        }
        Ok(mentioned)
    }

    async fn commit_comment(&self, changes: Changes, (ticket, comment): (TicketId, CommentId), created: bool) -> Result<()> {
        let outcome = Outcome { kind: "comment", id: comment.0, parent: Some(ticket.0), created };
        Ok(self.work.commit(changes.showing(outcome)).await?)
    }

    async fn show_comment(&self, actor: &Actor, ticket: TicketId, comment: CommentId) -> Result<CommentView> {
        self.reader.comment_view(actor.into(), ticket, &comment.into()).await?.ok_or(TicketError::NoComment)
    }
}

/// How a comment is heard: staff's public answer to somebody else is an answer, what the requester says in public a reply.
fn utterance(actor: &Actor, ticket: &Ticket, is_internal: bool) -> Utterance {
    match (is_internal, actor.user == ticket.requester) {
        (true, _) => Utterance::Internal,
        (false, true) => Utterance::Reply,
        (false, false) if actor.is_staff() => Utterance::Answer,
        (false, false) => Utterance::Public,
    }
}

/// Whether a mention of that person notifies them: only when they may see the comment.
fn hears(user: &User, ticket: &Ticket, is_internal: bool) -> bool {
    let sight = user.as_actor().sight();

    sight.covers(ticket.requester, ticket.assignee) && (!is_internal || sight.covers_internal(ticket.assignee))
}
