//! Links between tickets.

use chrono::{DateTime, Utc};
use helpdesk_domain::link::LinkView;
use helpdesk_domain::ticket::TicketBrief;
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A link, as it is seen from the ticket that it is shown with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketLink)]
pub struct Link<K: Key> {
    /// Its id.
    pub id: K,
    /// How the ticket belongs to the other: `relates_to`, `blocks`, `blocked_by`, `duplicates`, `duplicated_by`, `parent`,
    /// `child`, `merged_into`, `merged_from`, `split_from` or `split_into`.
    #[serde(rename = "type")]
    pub relation: String,
    /// The other ticket.
    pub ticket: LinkedTicket<K>,
    /// Who made it.
    pub created_by: K::Person,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A ticket, named beside another.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedTicket<K: Key> {
    /// Its id.
    pub id: K,
    /// `TX0001` and on.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Status word.
    pub status: String,
}

impl<K: Key> From<&TicketBrief> for LinkedTicket<K> {
    fn from(brief: &TicketBrief) -> Self {
        Self {
            id: K::of(brief.id.0, brief.serial),
            number: helpdesk_domain::ticket::shown_number(brief.number),
            title: brief.title.clone(),
            status: K::VOICE.status_word(brief.status).to_owned(),
        }
    }
}

impl<K: Key> Shows<LinkView> for Link<K> {
    fn show(view: &LinkView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            relation: view.relation.word().to_owned(),
            ticket: LinkedTicket::from(&view.ticket),
            created_by: K::Person::from(&view.created_by),
            created_at: view.created_at,
        }
    }
}
