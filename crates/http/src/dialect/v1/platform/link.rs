//! Links between tickets, in platform.

use chrono::{DateTime, Utc};
use helpdesk_domain::link::LinkView;
use helpdesk_domain::ticket::TicketBrief;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::user::Person;
use crate::dialect::v1::Voice;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A link, as it is seen from the ticket that it is shown with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketLink)]
pub struct Link {
    /// UUID.
    pub id: Uuid,
    /// How the ticket belongs to the other: `relates_to`, `blocks`, `blocked_by`, `duplicates`, `duplicated_by`, `parent`,
    /// `child`, `merged_into`, `merged_from`, `split_from` or `split_into`.
    #[serde(rename = "type")]
    pub relation: String,
    /// The other ticket.
    pub ticket: LinkedTicket,
    /// Who made it.
    pub created_by: Person,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A ticket, named beside another.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedTicket {
    /// UUID.
    pub id: Uuid,
    /// `TX0001` and on.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Status word.
    pub status: String,
}

impl From<&TicketBrief> for LinkedTicket {
    fn from(brief: &TicketBrief) -> Self {
        Self {
            id: brief.id.0,
            number: format!("TX{:04}", brief.number),
            title: brief.title.clone(),
            status: Voice::Platform.status_word(brief.status).to_owned(),
        }
    }
}

impl Shows<LinkView> for Link {
    fn show(view: &LinkView, _: &Seen<'_>) -> Self {
        Self {
            id: view.id.0,
            relation: view.relation.word().to_owned(),
            ticket: LinkedTicket::from(&view.ticket),
            created_by: Person::from(&view.created_by),
            created_at: view.created_at,
        }
    }
}
