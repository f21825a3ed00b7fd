//! Splitting a ticket in two, and undoing it.

use super::service::{Result, Transfers};
use super::{Before, Moved, Transfer, TransferError, TransferKind};
use crate::event::{Event, Happened, NamedTicket};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Target, TicketId, TransferId};
use crate::kernel::race;
use crate::kernel::text::{Description, Title};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::link::LinkKind;
use crate::sla::Pauses;
use crate::ticket::{Comment, Judged, Status, Ticket, TicketError, TicketState, TicketView, Utterance};
use crate::work::{Changes, Outcome, Write};

/// Most comments that go at once.
const MOST_COMMENTS: usize = 100;

/// Comments that shall be a ticket of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitTicket {
    /// The ticket that they are on.
    pub target: Target,
    /// Which; at least one.
    pub comments: Vec<Reference>,
    /// What the new ticket is called; required.
    pub title: Option<String>,
    /// What it is about; what the first public comment among them says, when absent.
    pub description: Option<String>,
}

impl Transfers {
    /// Makes a new ticket of some comments, which go there with their files. It is the same requester's, filed as the first
    /// is, and open; nobody works on it yet. Staff only.
    pub async fn split(&self, actor: &Actor, command: SplitTicket) -> Result<TicketView> {
        let id = race::settle(command.target.may_retry(), async || {
            let source = self.of_staff(actor, &command.target).await?;
            if source.merged_into.is_some() {
                return Err(TicketError::Merged.into());
            }
            self.split_once(actor, source, &command).await
        })
        .await?;
        self.show(actor, id).await
    }

    async fn split_once(&self, actor: &Actor, mut source: Ticket, command: &SplitTicket) -> Result<TicketId> {
        let comments = self.comments(actor, &source, &command.comments).await?;
        let now = self.clock.now();
        let (ticket, created) = Ticket::open(self.part_of(&source, &comments, command, now)?);
        let [from] = self.names(actor, [source.id]).await?;
        let link = self.link(actor, ticket.id, source.id, LinkKind::SplitFrom, now);
        let transfer = Transfer {
            id: TransferId(self.ids.next()),
            organization: actor.organization,
            kind: TransferKind::Split,
            source: source.id,
            target: ticket.id,
            moved: Moved::Comments(comments.iter().map(|comment| comment.id).collect()),
            before: Before { link: link.id, note: None, added_tags: ticket.tags.clone(), former: None },
            made_by: actor.user,
            made_at: now,
        };
        let (id, source_id) = (ticket.id, source.id);
        let into = NamedTicket { id, number: None, title: ticket.title.to_string() };
        source.heard(Utterance::Public, now);
        let told = |ticket: TicketId, happened| Event::of_ticket(ticket, actor, now, happened);
        let changes = Changes::by(actor)
            .with(Write::SaveTicket(Box::new(source)), [told(source_id, Happened::TicketSplit { into })])
            .with(Write::AddTicket(Box::new(ticket)), [told(id, created), told(id, Happened::TicketSplitOff { from })])
            .with(Write::AddTransfer(Box::new(transfer)), [])
            .with(Write::AddLink(Box::new(link)), []);
        let outcome = Outcome { kind: "ticket", id: id.0, parent: None, created: true };
        self.work.commit(changes.showing(outcome)).await?;
        Ok(id)
    }

    async fn comments(&self, actor: &Actor, ticket: &Ticket, references: &[Reference]) -> Result<Vec<Comment>> {
        let blamed = |problem| TransferError::from(Violations::one("comments", problem));
        if references.is_empty() {
            return Err(blamed(Problem::Required));
        }
        if references.len() > MOST_COMMENTS {
            return Err(blamed(Problem::TooMany(MOST_COMMENTS)));
        }
        let mut comments: Vec<Comment> = Vec::new();
        for reference in references {
            let found = self.tickets.comment(actor.into(), ticket.id, reference).await?;
            let comment = found.ok_or_else(|| blamed(Problem::Unknown(reference.to_string())))?;
            if !comments.iter().any(|other| other.id == comment.id) {
                comments.push(comment);
            }
        }
        comments.sort_by_key(|comment| (comment.created_at, comment.id));
        Ok(comments)
    }

    /// The new ticket. What is internal becomes nothing that its requester reads.
    fn part_of(&self, source: &Ticket, comments: &[Comment], command: &SplitTicket, now: Moment) -> Result<TicketState> {
        let public = comments.iter().find(|comment| !comment.is_internal).map(|comment| comment.content.as_str());
        let mut check = Check::new();
        let title = check.required("title", command.title.as_deref().map(Title::parse));
        let description = check.required("description", command.description.as_deref().or(public).map(Description::parse));
        check.done()?;
        let (Some(title), Some(description)) = (title, description) else {
            return Err(Violations::one("title", Problem::Required).into());
        };
        Ok(TicketState {
            id: TicketId(self.ids.next()),
            organization: source.organization,
            title,
            description,
            status: Status::Open,
            priority: source.priority,
            category: source.category,
            sub_category: source.sub_category.clone(),
            department: source.department,
            requester: source.requester,
            assignee: None,
            contact_email: source.contact_email.clone(),
            admin_notes: None,
            tags: source.tags.clone(),
            custom_fields: source.custom_fields.clone(),
            due_override: None,
            scheduled_date: None,
            resolution: None,
            rejection_reason: None,
            created_at: now,
            updated_at: now,
            first_response_at: None,
            resolved_at: None,
            closed_at: None,
            finalized_at: None,
            asked_at: None,
            answered_at: None,
            pauses: Pauses::default(),
            merged_into: None,
            judged: Judged::default(),
            revision: 1,
        })
    }

    /// Undoes the split that made this ticket: its comments go back, and it is deleted. Staff only; not when it has
    /// comments or files of its own by now.
    pub async fn unsplit(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let ticket = self.of_staff(actor, target).await?;
            let transfer = self.transfers.split_of(actor.organization, ticket.id).await?.ok_or(TransferError::NotSplit)?;
            if !self.transfers.is_latest(actor.organization, transfer.id).await? {
                return Err(TransferError::NotLatest);
            }
            if !self.transfers.is_untouched(actor.organization, transfer.id).await? {
                return Err(TransferError::HasMore);
            }
            let source = self.named(actor, "source", &transfer.source.into()).await?;
            self.rejoin(actor, source, ticket, transfer).await
        })
        .await
    }

    async fn rejoin(&self, actor: &Actor, mut source: Ticket, ticket: Ticket, transfer: Transfer) -> Result<()> {
        let now = self.clock.now();
        let [other] = self.names(actor, [ticket.id]).await?;
        let source_id = source.id;
        source.heard(Utterance::Public, now);
        let undone = Event::of_ticket(source_id, actor, now, Happened::TicketSplitUndone { other });
        let gone = Event::of_ticket(ticket.id, actor, now, Happened::TicketDeleted { title: ticket.title.to_string() });
        let changes = Changes::by(actor)
            .with(Write::SaveTicket(Box::new(source)), [undone])
            .with(Write::UndoTransfer(transfer.id), [])
            .with(Write::DeleteTicket(ticket.id, ticket.revision, now), [gone]);
        Ok(self.work.commit(changes).await?)
    }
}
