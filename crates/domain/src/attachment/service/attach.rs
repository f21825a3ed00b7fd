//! Giving files a place, and taking it away.

use super::{Files, Result};
use crate::attachment::command::{About, AttachFiles};
use crate::attachment::{File, FileError, FileState, FileView, MOST_FILES, MOST_FILES_OF_TICKET, Received, policy};
use crate::event::{Event, Happened};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, FileId, Reference, Target, TicketId};
use crate::kernel::race;
use crate::kernel::text::{Label, Note};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::ticket::{Ticket, Utterance};
use crate::work::{Changes, Outcome, Write};

/// What somebody says of a file, looked at.
#[derive(Clone, Debug, Default)]
struct Said {
    description: String,
    category: String,
}

impl Files {
    /// Whether the actor may attach to the ticket: whoever sees it. Asked before a content is taken in.
    pub async fn may_attach(&self, actor: &Actor, target: &Target) -> Result<()> {
        self.ticket(actor, target).await.map(drop)
    }

    /// Attaches files to a ticket: all of them or none.
    pub async fn attach(&self, actor: &Actor, command: AttachFiles) -> Result<Vec<FileView>> {
        let said = look_at(&command.about)?;
        check_number(&command.files)?;
        race::settle(command.target.may_retry(), async || self.attach_once(actor, &command, &said).await).await?;
        self.show(actor, &command.files).await
    }

    async fn attach_once(&self, actor: &Actor, command: &AttachFiles, said: &Said) -> Result<()> {
        let mut ticket = self.ticket(actor, &command.target).await?;
        let (comment, is_internal) = match &command.comment {
            Some(reference) => self.comment(actor, &ticket, reference).await?,
            None => (None, false),
        };
        if self.files.count(actor.organization, ticket.id).await? + command.files.len() as u64 > MOST_FILES_OF_TICKET {
            let most = usize::try_from(MOST_FILES_OF_TICKET).unwrap_or(usize::MAX);
            return Err(Violations::one(field_of(&command.files), Problem::TooMany(most)).into());
        }
        let now = self.clock.now();
        ticket.heard(Utterance::of(is_internal), now);
        let id = ticket.id;
        let mut changes = Changes::by(actor).with(Write::SaveTicket(Box::new(ticket)), []);
        for received in &command.files {
            let state = state(actor, received, Some(id), comment, said, now);
            let (file, happened) = File::attach(state, is_internal);
            changes = changes.with(Write::AddFile(Box::new(file)), [Event::of_ticket(id, actor, now, happened)]);
        }
        Ok(self.work.commit(changes.showing(outcome(&command.files))).await?)
    }

    /// Keeps files that belong to nothing but their uploader.
    pub async fn upload(&self, actor: &Actor, about: &About, files: &[Received]) -> Result<Vec<FileView>> {
        let said = look_at(about)?;
        check_number(files)?;
        let now = self.clock.now();
        let mut changes = Changes::by(actor);
        for received in files {
            let (file, happened) = File::upload(state(actor, received, None, None, &said, now));
            let event = Event::of_file(file.id, actor, now, happened);
            changes = changes.with(Write::AddFile(Box::new(file)), [event]);
        }
        self.work.commit(changes.showing(outcome(files))).await?;
        self.show(actor, files).await
    }

    /// Removes a file: who brought it, and staff.
    pub async fn remove(&self, actor: &Actor, file: &Reference) -> Result<()> {
        let object = race::settle(true, async || {
            let file = self.read(actor, file).await?;
            policy::may_remove(actor, &file)?;
            self.remove_once(actor, &file).await?;
            Ok::<_, FileError>(file.object)
        })
        .await?;
        // What cannot be removed now is swept later.
        let _ = self.remove_objects(&[object]).await;
        Ok(())
    }

    async fn remove_once(&self, actor: &Actor, file: &FileView) -> Result<()> {
        let now = self.clock.now();
        let mut changes = Changes::by(actor);
        let event = match file.ticket {
            Some(id) => {
                let mut ticket = self.ticket(actor, &id.into()).await?;
                ticket.heard(Utterance::of(file.is_internal), now);
                changes = changes.with(Write::SaveTicket(Box::new(ticket)), []);
                let gone = Happened::AttachmentRemoved { file: file.id, name: file.name.clone(), is_internal: file.is_internal };
                Event::of_ticket(id, actor, now, gone)
            }
            None => Event::of_file(file.id, actor, now, Happened::FileDeleted { name: file.name.clone() }),
        };
        Ok(self.work.commit(changes.with(Write::DeleteFile(file.id, now), [event])).await?)
    }

    /// The ticket whose files are to be changed. One that was merged into another stays as it is.
    async fn ticket(&self, actor: &Actor, target: &Target) -> Result<Ticket> {
        let found = self.tickets.find(actor.into(), &target.reference).await?;
        let ticket = found.ok_or(FileError::NoTicket)?;
        target.allows(ticket.revision)?;
        if ticket.merged_into.is_some() { Err(FileError::Merged) } else { Ok(ticket) }
    }

    async fn comment(&self, actor: &Actor, ticket: &Ticket, reference: &Reference) -> Result<(Option<CommentId>, bool)> {
        let found = self.tickets.comment(actor.into(), ticket.id, reference).await?;
        let comment = found.ok_or_else(|| Violations::one("comment", Problem::Unknown(reference.to_string())))?;
        policy::may_add_to(actor, &comment)?;
        Ok((Some(comment.id), comment.is_internal))
    }

    async fn show(&self, actor: &Actor, files: &[Received]) -> Result<Vec<FileView>> {
        let mut shown = Vec::with_capacity(files.len());
        for file in files {
            shown.push(self.read(actor, &file.id.into()).await?);
        }
        Ok(shown)
    }
}

/// Files that come with a new ticket, and what happened by them.
pub(crate) fn with_ticket(actor: &Actor, ticket: TicketId, files: &[Received], now: Moment) -> Vec<(File, Event)> {
    let attached = |received| {
        let (file, happened) = File::attach(state(actor, received, Some(ticket), None, &Said::default(), now), false);
        (file, Event::of_ticket(ticket, actor, now, happened))
    };
    files.iter().map(attached).collect()
}

/// Whether so many files may come at once.
pub(crate) fn check_number(files: &[Received]) -> Result<()> {
    match files.len() {
        0 => Err(Violations::one("file", Problem::Other("No file was submitted.")).into()),
        1..=MOST_FILES => Ok(()),
        _ => Err(Violations::one(field_of(files), Problem::TooMany(MOST_FILES)).into()),
    }
}

fn field_of(files: &[Received]) -> &str {
    files.first().map_or("file", |file| file.field.as_str())
}

fn outcome(files: &[Received]) -> Outcome {
    let id = files.first().map_or(FileId(uuid::Uuid::nil()), |file| file.id);
    Outcome { kind: "file", id: id.0, parent: None, created: true }
}

fn look_at(about: &About) -> Result<Said> {
    let mut check = Check::new();
    let description = check.optional("description", about.description.as_deref().map(Note::parse));
    let category = about.category.as_deref().filter(|word| !word.trim().is_empty());
    let category = check.optional("category", category.map(Label::parse));
    check.done()?;
    Ok(Said {
        description: description.map(String::from).unwrap_or_default(),
        category: category.map(String::from).unwrap_or_default(),
    })
}

fn state(
    actor: &Actor,
    received: &Received,
    ticket: Option<TicketId>,
    comment: Option<CommentId>,
    said: &Said,
    now: Moment,
) -> FileState {
    let Received { id, object, name, media_type, size, field: _ } = received.clone();
    let Said { description, category } = said.clone();
    FileState {
        id,
        organization: actor.organization,
        ticket,
        comment,
        uploaded_by: actor.user,
        object,
        name,
        media_type,
        size,
        description,
        category,
        created_at: now,
    }
}
