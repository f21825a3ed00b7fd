//! Tickets: requests for help, their life, and what is said on them.

pub mod command;
mod comment;
mod edit;
mod error;
mod merge;
mod model;
pub mod policy;
pub mod port;
mod priority;
mod query;
pub mod service;
mod sla;
mod status;
mod view;

pub use comment::{Comment, CommentState, PublicComment, Utterance};
pub(crate) use edit::Told;
pub use edit::{Swap, TicketChange};
pub use error::TicketError;
pub use merge::Former;
pub use model::{Ticket, TicketState};
pub use priority::Priority;
pub use query::{AssigneeFilter, TicketFilter, TicketOrder, TicketQuery, TicketSort};
pub use service::{BulkOutcome, Chosen, ExportTickets, StatusUpdated, TicketExport, Tickets};
pub use sla::{Frozen, Judged};
pub use status::{Action, Status};
pub use view::{
    CategoryName, CommentView, Employment, HistoryView, TicketBrief, TicketRow, TicketStats, TicketView, UserBrief, shown_number,
};
