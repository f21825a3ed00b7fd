//! What files need from outside.

use std::collections::HashMap;
use std::ops::Range;

use async_trait::async_trait;

use super::{FileView, Link, ObjectKey};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId};
use crate::ticket::port::Viewer;

/// Stored files, without their contents. Writing is the unit of work's business.
///
/// A file on a ticket is seen by whoever sees the ticket, and, where it belongs to an internal comment, by whoever sees the
/// ticket's internal comments; any other file by its uploader and by staff.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait FileRepository: Send + Sync {
    /// The file, if the viewer sees it; by id or serial.
    async fn find(&self, viewer: Viewer, file: &Reference) -> Result<Option<FileView>, StoreError>;
    /// What the viewer sees of the files of these tickets, oldest first, in one statement.
    async fn of_tickets(&self, viewer: Viewer, tickets: &[TicketId]) -> Result<HashMap<TicketId, Vec<FileView>>, StoreError>;
    /// How many files a ticket has.
    async fn count(&self, organization: OrganizationId, ticket: TicketId) -> Result<u64, StoreError>;
    /// Whether somebody of the organization has this picture.
    async fn has_image(&self, organization: OrganizationId, object: &ObjectKey) -> Result<bool, StoreError>;
}

/// Objects that no row speaks of: those being taken in, and those whose file is gone. Writing a file takes its object out,
/// removing a file puts it in, in the same transaction.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ObjectLedger: Send + Sync {
    /// Notes an object that is about to be written. What is noted must get its row within the hour, or none.
    async fn note(&self, object: &ObjectKey, now: Moment) -> Result<(), StoreError>;
    /// Takes out objects that are gone.
    async fn forget(&self, objects: &[ObjectKey]) -> Result<(), StoreError>;
    /// At most `limit` objects noted before that time, oldest first.
    async fn before(&self, before: Moment, limit: u64) -> Result<Vec<ObjectKey>, StoreError>;
}

/// Where contents are kept. MUST NOT hold a whole content in memory.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ContentStore: Send + Sync {
    /// Begins to write an object; there is none until [`Upload::finish`].
    async fn begin(&self, object: &ObjectKey) -> Result<Box<dyn Upload>, StoreError>;
    /// Its bytes, or those of a range that it has; none when there is no such object.
    async fn read(&self, object: &ObjectKey, range: Option<Range<u64>>) -> Result<Option<Box<dyn Chunks>>, StoreError>;
    /// How many bytes it has; none when there is no such object.
    async fn size(&self, object: &ObjectKey) -> Result<Option<u64>, StoreError>;
    /// Removes it. No object is no fault.
    async fn delete(&self, object: &ObjectKey) -> Result<(), StoreError>;
}

/// An object that is being written. What is dropped before it is finished MUST leave nothing.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Upload: Send {
    /// Writes on; answers when more may come.
    async fn write(&mut self, chunk: Vec<u8>) -> Result<(), StoreError>;
    /// Makes the object; it is durable then.
    async fn finish(self: Box<Self>) -> Result<(), StoreError>;
    /// Gives it up.
    async fn abort(self: Box<Self>);
}

/// A content, piece by piece.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Chunks: Send {
    /// The next piece; none at the end.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, StoreError>;
}

/// What a content is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Of this media type.
    Fine(String),
    /// Something that a computer would run.
    Executable,
}

/// Knows contents by how they begin.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait ContentInspector: Send + Sync {
    /// What a content of that name is that begins like this. The name MUST NOT make anything of it that it is not: it tells
    /// kinds of text apart.
    fn judge(&self, name: &str, head: &[u8]) -> Judgement;
}

/// Makes addresses of contents for whoever is told of them.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait Addresses: Send + Sync {
    /// The address that this link's object is fetched from, by whoever has it, for as long as the link is good.
    fn of(&self, link: &Link) -> String;
}

/// Signs links to contents.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait LinkSigner: Send + Sync {
    /// A token for this link; the same for the same link.
    fn sign(&self, link: &Link) -> String;
    /// The link to this object that the token was made for; none when it is not ours.
    fn read(&self, token: &str, object: &ObjectKey) -> Option<Link>;
}

/// A picture, made fit to be somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// `png` or `jpg`.
    pub extension: &'static str,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Why a picture was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFault {
    /// Neither PNG nor JPEG, or a broken one.
    NotAnImage,
    /// More pixels than anybody needs.
    TooManyPixels,
}

/// Makes pictures fit. MUST NOT block the thread that asks, and MUST refuse a picture of too many pixels before decoding it.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ImageEditor: Send + Sync {
    /// The centre square, 1024 by 1024 pixels, without metadata.
    async fn portrait(&self, image: Vec<u8>) -> Result<Result<Portrait, ImageFault>, StoreError>;
}
