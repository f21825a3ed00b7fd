//! Merging tickets into one, and undoing it.

use std::collections::BTreeSet;

use super::service::{Result, Transfers};
use super::{Before, Moved, Transfer, TransferError, TransferKind};
use crate::event::{Event, FieldChange, Happened, NamedTicket};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, Reference, TagId, Target, TicketId, TransferId};
use crate::kernel::race;
use crate::kernel::text::CommentText;
use crate::kernel::violation::{Problem, Violations};
use crate::link::LinkKind;
use crate::ticket::{Comment, CommentState, Ticket, TicketView};
use crate::work::{Changes, Outcome, Write};

/// Most tickets that one call merges.
const MOST_AT_ONCE: usize = 20;

const ACROSS: &str =
    "The tickets have different requesters, and the other one would read what was said here. If that is meant, say true.";

/// Whose tickets may become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// One requester's only.
    Same,
    /// Also those of several: who asked for the one that goes on reads what was said on the others.
    Others,
}

impl Transfers {
    /// Merges a ticket into another: the other gets all its comments, files and labels, it is closed with a note and a link.
    /// Staff only; the other as it is now.
    pub async fn merge_into(
        &self,
        actor: &Actor,
        source: &Target,
        into: Option<&Reference>,
        readers: Readers,
    ) -> Result<TicketView> {
        let id = race::settle(source.may_retry(), async || {
            let source = self.of_staff(actor, source).await?;
            let into = into.ok_or_else(|| Violations::one("into", Problem::Required))?;
            let target = self.named(actor, "into", into).await?;
            check("into", std::slice::from_ref(&source), &target, readers)?;
            self.unite(actor, vec![source], target).await
        })
        .await?;
        self.show(actor, id).await
    }

    /// Merges tickets into this one, all or none; staff only.
    pub async fn merge_from(
        &self,
        actor: &Actor,
        target: &Target,
        sources: &[Reference],
        readers: Readers,
    ) -> Result<TicketView> {
        let id = race::settle(target.may_retry(), async || {
            let target = self.of_staff(actor, target).await?;
            if sources.is_empty() {
                return Err(Violations::one("tickets", Problem::Blank).into());
            }
            if sources.len() > MOST_AT_ONCE {
                return Err(Violations::one("tickets", Problem::TooMany(MOST_AT_ONCE)).into());
            }
            let mut found: Vec<Ticket> = Vec::new();
            for source in sources {
                let source = self.named(actor, "tickets", source).await?;
                if !found.iter().any(|other| other.id == source.id) {
                    found.push(source);
                }
            }
            check("tickets", &found, &target, readers)?;
            self.unite(actor, found, target).await
        })
        .await?;
        self.show(actor, id).await
    }

    async fn unite(&self, actor: &Actor, sources: Vec<Ticket>, mut target: Ticket) -> Result<TicketId> {
        let (now, id, had) = (self.clock.now(), target.id, target.tags.clone());
        let mut parts = Changes::by(actor);
        for source in sources {
            parts = self.absorb(actor, source, &mut target, now, parts).await?;
        }
        let tagged = self.tagged(actor, &had, &target.tags).await?;
        let event = tagged.map(|happened| Event::of_ticket(id, actor, now, happened));
        // the ticket goes first: what is moved to it is counted behind it
        parts.writes.insert(0, Write::SaveTicket(Box::new(target)));
        parts.events.extend(event);
        let outcome = Outcome { kind: "ticket", id: id.0, parent: None, created: false };
        self.work.commit(parts.showing(outcome)).await?;
        Ok(id)
    }

    /// What merging one ticket writes besides the other.
    async fn absorb(
        &self,
        actor: &Actor,
        mut source: Ticket,
        target: &mut Ticket,
        now: Moment,
        changes: Changes,
    ) -> Result<Changes> {
        let [from, into] = self.names(actor, [source.id, target.id]).await?;
        let (former, closed) = source.merge(now)?;
        let added_tags = target.add_tags(&source.tags, now);
        let (note, said) = self.note(actor, &source, target, &into, now);
        let link = self.link(actor, source.id, target.id, LinkKind::MergedInto, now);
        let transfer = Transfer {
            id: TransferId(self.ids.next()),
            organization: actor.organization,
            kind: TransferKind::Merge,
            source: source.id,
            target: target.id,
            moved: Moved::All,
            before: Before { link: link.id, note: Some(note.id), added_tags, former: Some(former) },
            made_by: actor.user,
            made_at: now,
        };
        let of_source = closed.into_iter().chain([said, Happened::TicketMerged { into }]);
        let events: Vec<Event> = of_source.map(|happened| Event::of_ticket(source.id, actor, now, happened)).collect();
        let absorbed = Event::of_ticket(target.id, actor, now, Happened::TicketAbsorbed { from });
        Ok(changes
            .with(Write::SaveTicket(Box::new(source)), events)
            .with(Write::AddTransfer(Box::new(transfer)), [absorbed])
            .with(Write::AddComment(note), [])
            .with(Write::AddLink(Box::new(link)), []))
    }

    /// What stays on the closed ticket; the requester reads it where the other ticket is theirs too.
    fn note(&self, actor: &Actor, source: &Ticket, target: &Ticket, into: &NamedTicket, now: Moment) -> (Comment, Happened) {
        let state = CommentState {
            id: CommentId(self.ids.next()),
            ticket: source.id,
            author: actor.user,
            content: CommentText::trusted(format!("This ticket was merged into {}.", into.name())),
            is_internal: source.requester != target.requester,
            mentions: Vec::new(),
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        Comment::say(state, actor.is_staff(), Vec::new())
    }

    /// Undoes the merge of a ticket into another: both are again what they were, with what was said on the other since.
    /// Staff only; the latest merge or split of the two tickets first.
    pub async fn unmerge(&self, actor: &Actor, source: &Target) -> Result<()> {
        race::settle(source.may_retry(), async || {
            let source = self.of_staff(actor, source).await?;
            let transfer = self.transfers.merge_of(actor.organization, source.id).await?.ok_or(TransferError::NotMerged)?;
            if !self.transfers.is_latest(actor.organization, transfer.id).await? {
                return Err(TransferError::NotLatest);
            }
            let target = self.named(actor, "into", &transfer.target.into()).await?;
            self.part(actor, source, target, transfer).await
        })
        .await
    }

    async fn part(&self, actor: &Actor, mut source: Ticket, mut target: Ticket, transfer: Transfer) -> Result<()> {
        let now = self.clock.now();
        let Before { link, note, added_tags, former } = transfer.before;
        let [from, into] = self.names(actor, [source.id, target.id]).await?;
        let opened = former.and_then(|former| source.unmerge(former, now));
        let had = target.tags.clone();
        target.remove_tags(&added_tags, now);
        let tagged = self.tagged(actor, &had, &target.tags).await?;
        let told = |ticket: TicketId, happened| Event::of_ticket(ticket, actor, now, happened);
        let (source_id, target_id) = (source.id, target.id);
        let of_source = opened.into_iter().chain([Happened::TicketMergeUndone { other: into }]);
        let of_target = tagged.into_iter().chain([Happened::TicketMergeUndone { other: from }]);
        let mut changes = Changes::by(actor)
            .with(Write::SaveTicket(Box::new(source)), of_source.map(|happened| told(source_id, happened)).collect::<Vec<_>>())
            .with(Write::SaveTicket(Box::new(target)), of_target.map(|happened| told(target_id, happened)).collect::<Vec<_>>())
            .with(Write::UndoTransfer(transfer.id), [])
            .with(Write::DeleteLink(link), []);
        if let Some(note) = note
            && self.tickets.comment(actor.into(), source_id, &note.into()).await?.is_some()
        {
            changes = changes.with(Write::DeleteComment(source_id, note), []);
        }
        Ok(self.work.commit(changes).await?)
    }

    /// What happened to a ticket by other labels.
    async fn tagged(&self, actor: &Actor, before: &BTreeSet<TagId>, now: &BTreeSet<TagId>) -> Result<Option<Happened>> {
        if before == now {
            return Ok(None);
        }
        let (old, new) = (self.tag_names(actor, before).await?, self.tag_names(actor, now).await?);
        let change = FieldChange { field: "tags".to_owned(), old: Some(old), new: Some(new) };
        Ok(Some(Happened::TicketUpdated { changes: vec![change] }))
    }

    async fn tag_names(&self, actor: &Actor, tags: &BTreeSet<TagId>) -> Result<String> {
        let references: Vec<Reference> = tags.iter().map(|tag| (*tag).into()).collect();
        let found = self.taxonomy.tags(actor.organization, &references).await?;
        Ok(found.into_iter().flatten().map(|tag| tag.name.to_string()).collect::<Vec<_>>().join(", "))
    }
}

fn check(field: &str, sources: &[Ticket], target: &Ticket, readers: Readers) -> Result<()> {
    if sources.iter().any(|source| source.id == target.id) {
        return Err(Violations::one(field, Problem::Other("A ticket cannot be merged into itself.")).into());
    }
    if sources.iter().any(|source| source.merged_into.is_some()) {
        return Err(TransferError::AlreadyMerged);
    }
    if target.merged_into.is_some() {
        return Err(TransferError::TargetMerged);
    }
    if target.status.is_final() {
        return Err(TransferError::TargetFinal(target.status));
    }
    if readers == Readers::Same && sources.iter().any(|source| source.requester != target.requester) {
        return Err(Violations::one("across_requesters", Problem::Other(ACROSS)).into());
    }
    Ok(())
}
