//! Reading files and their contents.

use std::collections::HashMap;
use std::ops::Range;

use super::{Files, Result};
use crate::attachment::port::Chunks;
use crate::attachment::{FileError, FileView, Folder, Link, ObjectKey};
use crate::kernel::actor::Actor;
use crate::kernel::id::{Reference, TicketId};

/// A content that the actor may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Where it is.
    pub object: ObjectKey,
    /// What the file is called.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

impl Files {
    /// One file, if the actor may read it.
    pub async fn read(&self, actor: &Actor, file: &Reference) -> Result<FileView> {
        self.files.find(actor.into(), file).await?.ok_or(FileError::NotFound)
    }

    /// What the actor may read of the files of these tickets.
    pub async fn of_tickets(&self, actor: &Actor, tickets: &[TicketId]) -> Result<HashMap<TicketId, Vec<FileView>>> {
        Ok(self.files.of_tickets(actor.into(), tickets).await?)
    }

    /// The content of a file, if the actor may read it.
    pub async fn locate(&self, actor: &Actor, file: &Reference) -> Result<Located> {
        Ok(self.read(actor, file).await?.into())
    }

    /// The content of an object, if the actor may read it: a picture is seen by everybody of the organization.
    pub async fn locate_object(&self, actor: &Actor, object: &ObjectKey) -> Result<Located> {
        if object.folder() == Some(Folder::Images) {
            return self.locate_image(actor, object).await;
        }
        let id = object.id().ok_or(FileError::NotFound)?;
        let file = self.read(actor, &Reference::Id(id)).await?;
        if file.object == *object { Ok(file.into()) } else { Err(FileError::NotFound) }
    }

    async fn locate_image(&self, actor: &Actor, object: &ObjectKey) -> Result<Located> {
        if !self.files.has_image(actor.organization, object).await? {
            return Err(FileError::NotFound);
        }
        let size = self.contents.size(object).await?.ok_or(FileError::NotFound)?;
        let name = object.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        let media_type = if name.strip_suffix(".png").is_some() { "image/png" } else { "image/jpeg" };
        Ok(Located { object: object.clone(), name, media_type: media_type.to_owned(), size })
    }

    /// A located content, or a part of it.
    pub async fn open(&self, located: &Located, range: Option<Range<u64>>) -> Result<Box<dyn Chunks>> {
        self.contents.read(&located.object, range).await?.ok_or(FileError::NotFound)
    }

    /// A token for a link that the actor may follow for about an hour.
    pub fn link(&self, reader: &Actor, object: &ObjectKey) -> String {
        self.signer.sign(&Link::to(object, reader, self.clock.real()))
    }

    /// Who brought a token of a link to this object. What they may read is looked at again, as they are now.
    pub async fn follow(&self, token: &str, object: &ObjectKey) -> Result<Actor> {
        let link = self.signer.read(token, object).filter(|link| link.is_live(self.clock.real())).ok_or(FileError::BadLink)?;
        let reader = self.people.find(link.organization, &link.reader.into()).await?;
        let reader = reader.filter(|user| user.may_enter()).ok_or(FileError::BadLink)?;
        Ok(reader.as_actor())
    }
}

impl From<FileView> for Located {
    fn from(file: FileView) -> Self {
        Self { object: file.object, name: file.name, media_type: file.media_type, size: file.size }
    }
}
