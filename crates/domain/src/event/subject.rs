//! What events are about.

use uuid::Uuid;

use super::catalog::CatalogKind;
use crate::kernel::id::{ArticleId, FaqId, FileId, OrganizationId, TicketId, UserId, WorkOrderId};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A ticket, its conversation included.
    Ticket(TicketId),
    /// An account.
    User(UserId),
    /// A category, tag, department, response template, article category, saved filter, customer, location, policy or calendar.
    Catalog(CatalogKind, Uuid),
    /// A question that is often asked.
    Faq(FaqId),
    /// An article of the knowledge base.
    Article(ArticleId),
    /// The organization itself.
    Organization(OrganizationId),
    /// A file that belongs to no ticket.
    File(FileId),
    /// A work order, its tasks and materials included.
    WorkOrder(WorkOrderId),
}

impl Subject {
    /// The kind's word: `ticket`, `user`, `category`, `tag`, `department`, `template`, `filter`, `article_category`, `faq`,
    /// `article`, `organization`, `file`, `customer`, `location`, `work_order`, `sla_calendar`, `sla_policy`, `rule`, `macro`, `route`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Ticket(_) => "ticket",
            Self::User(_) => "user",
            Self::Catalog(kind, _) => kind.word(),
            Self::Faq(_) => "faq",
            Self::Article(_) => "article",
            Self::Organization(_) => "organization",
            Self::File(_) => "file",
            Self::WorkOrder(_) => "work_order",
        }
    }

    /// The thing's UUID.
    pub fn id(self) -> Uuid {
        match self {
            Self::Ticket(id) => id.0,
            Self::User(id) => id.0,
            Self::Catalog(_, id) => id,
            Self::Faq(id) => id.0,
            Self::Article(id) => id.0,
            Self::Organization(id) => id.0,
            Self::File(id) => id.0,
            Self::WorkOrder(id) => id.0,
        }
    }
}
