//! What tickets need from outside.

use std::collections::HashSet;

use async_trait::async_trait;
use uuid::Uuid;

use super::{Comment, CommentView, HistoryView, Ticket, TicketBrief, TicketQuery, TicketRow, TicketStats, TicketView};
use crate::kernel::actor::Sight;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId};
use crate::kernel::page::{Page, PageRequest};

/// Who looks: a query shows what this one may see, and nothing else exists for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The organization.
    pub organization: OrganizationId,
    /// What of it.
    pub sight: Sight,
}

impl From<&crate::kernel::Actor> for Viewer {
    fn from(actor: &crate::kernel::Actor) -> Self {
        Self { organization: actor.organization, sight: actor.sight() }
    }
}

/// Stored tickets, to decide on. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TicketRepository: Send + Sync {
    /// The ticket, if the viewer sees it; by id or serial, or by its number (`TX0001`).
    async fn find(&self, viewer: Viewer, ticket: &Reference) -> Result<Option<Ticket>, StoreError>;
    /// Those of these tickets that the organization has; a fixed number of statements, however many.
    async fn several(&self, organization: OrganizationId, tickets: &[TicketId]) -> Result<Vec<Ticket>, StoreError>;
    /// The comment on that ticket, if the viewer sees it; by id or serial.
    async fn comment(&self, viewer: Viewer, ticket: TicketId, comment: &Reference) -> Result<Option<Comment>, StoreError>;
}

/// What was said and shown on tickets, as it stands now.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Conversations: Send + Sync {
    /// Those of these comments and files that customers may see who see their tickets. MUST take one statement.
    async fn public(&self, organization: OrganizationId, parts: &[Uuid]) -> Result<HashSet<Uuid>, StoreError>;
}

/// Stored tickets, to show. Each method takes a fixed number of statements.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TicketReader: Send + Sync {
    /// A part of a list. An unknown cursor is read as the beginning.
    async fn page(&self, viewer: Viewer, query: &TicketQuery, page: &PageRequest) -> Result<Page<TicketRow>, StoreError>;
    /// One ticket, whole.
    async fn view(&self, viewer: Viewer, ticket: &Reference) -> Result<Option<TicketView>, StoreError>;
    /// Those of these tickets that the viewer sees, each in the place of its reference; by id or serial, or by number.
    async fn briefs(&self, viewer: Viewer, tickets: &[Reference]) -> Result<Vec<Option<TicketBrief>>, StoreError>;
    /// A part of its conversation, oldest first.
    async fn comments(&self, viewer: Viewer, ticket: TicketId, page: &PageRequest) -> Result<Page<CommentView>, StoreError>;
    /// One comment.
    async fn comment_view(
        &self,
        viewer: Viewer,
        ticket: TicketId,
        comment: &Reference,
    ) -> Result<Option<CommentView>, StoreError>;
    /// A part of its history, newest first; the public lines only unless the viewer is staff.
    async fn history(&self, viewer: Viewer, ticket: TicketId, page: &PageRequest) -> Result<Page<HistoryView>, StoreError>;
    /// Figures over what the viewer sees. `midnight` is when today began for the organization.
    async fn stats(&self, viewer: Viewer, now: Moment, midnight: Moment) -> Result<TicketStats, StoreError>;
}
