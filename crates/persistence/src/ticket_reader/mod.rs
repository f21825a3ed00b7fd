//! Tickets, to show. Each question takes a fixed number of statements and costs what it shows, not what there is.
//!
//! A list is read in two steps: the serials of a page from an index that is in the list's order ([`branch`], chosen by
//! [`plan`]), then those tickets whole. Words are looked up in the search index first ([`found`]).

mod branch;
pub(crate) mod brief;
mod condition;
mod conversation;
mod count;
mod found;
mod matching;
mod order;
mod page;
mod plan;
mod question;
mod relevance;
mod row;
mod snippet;
mod stats;
mod view;
mod wanted;

pub(crate) use conversation::read_line;
pub(crate) use matching::{Matching, OpenGroup, open as open_states};
pub(crate) use page::{cut, empty};
pub(crate) use question::limit;
pub(crate) use row::{category, person, person_columns, tag};
pub(crate) use stats::overdue;
pub(crate) use view::seen;

use async_trait::async_trait;
use helpdesk_domain::kernel::id::TicketId;
use helpdesk_domain::kernel::{Moment, Page, PageRequest, Reference, StoreError};
use helpdesk_domain::ticket::port::{TicketReader, Viewer};
use helpdesk_domain::ticket::{CommentView, HistoryView, TicketBrief, TicketQuery, TicketRow, TicketStats, TicketView};

use crate::store::Store;

#[async_trait]
impl TicketReader for Store {
    async fn page(&self, viewer: Viewer, query: &TicketQuery, page: &PageRequest) -> Result<Page<TicketRow>, StoreError> {
        page::page(self, viewer, query, page).await
    }

    async fn view(&self, viewer: Viewer, ticket: &Reference) -> Result<Option<TicketView>, StoreError> {
        view::view(self, viewer, ticket).await
    }

    async fn briefs(&self, viewer: Viewer, tickets: &[Reference]) -> Result<Vec<Option<TicketBrief>>, StoreError> {
        brief::briefs(self, viewer, tickets).await
    }

    async fn comments(&self, viewer: Viewer, ticket: TicketId, page: &PageRequest) -> Result<Page<CommentView>, StoreError> {
        conversation::comments(self, viewer, ticket, page).await
    }

    async fn comment_view(
        &self,
        viewer: Viewer,
        ticket: TicketId,
        comment: &Reference,
    ) -> Result<Option<CommentView>, StoreError> {
        conversation::comment(self, viewer, ticket, comment).await
    }

    async fn history(&self, viewer: Viewer, ticket: TicketId, page: &PageRequest) -> Result<Page<HistoryView>, StoreError> {
        conversation::history(self, viewer, ticket, page).await
    }

    async fn stats(&self, viewer: Viewer, now: Moment, midnight: Moment) -> Result<TicketStats, StoreError> {
        stats::stats(self, viewer, now, midnight).await
    }
}
