//! An event as it is pushed, made into text once for everybody who hears it.

use bytestring::ByteString;
use helpdesk_domain::event::Recorded;
use helpdesk_domain::realtime::{Extent, Participants, Told};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialect::v1::events::Event;

/// Something that happened, as it is pushed; the same in both dialects.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventPush {
    /// Its position in the organization's log: what to resume behind (`?after=`).
    pub seq: i64,
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// By whom, as their name was.
    pub actor_name: String,
    /// The ticket that it is about, if it is about one that is still there.
    pub ticket: Option<TicketBrief>,
}

/// The ticket that an event is about, by each of its names.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketBrief {
    /// UUID.
    pub id: Uuid,
    /// Integer.
    pub serial: i64,
    /// For people.
    #[schema(example = "TX0001")]
    pub number: String,
}

impl From<&Participants> for TicketBrief {
    fn from(ticket: &Participants) -> Self {
        Self { id: ticket.ticket.0, serial: ticket.serial, number: helpdesk_domain::ticket::shown_number(ticket.number) }
    }
}

/// An event on its way to whoever is connected.
#[derive(Debug)]
pub struct Push {
    /// What it says, and who hears it.
    pub told: Told,
    whole: ByteString,
    working: Option<ByteString>,
    public: Option<ByteString>,
}

impl Push {
    /// Makes the text.
    pub fn new(told: Told) -> Self {
        let whole = text(&told.recorded, told.ticket.as_ref());
        let part = |event| {
            if event == told.recorded.event {
                whole.clone()
            } else {
                text(&Recorded { event, ..told.recorded.clone() }, told.ticket.as_ref())
            }
        };
        let event = &told.recorded.event;
        let (working, public) = (event.for_technicians().map(part), event.for_requesters().map(part));
        Self { told, whole, working, public }
    }

    /// Its position.
    pub fn seq(&self) -> i64 {
        self.told.recorded.position
    }

    /// As much of it as that.
    pub fn text(&self, extent: Extent) -> Option<&ByteString> {
        match extent {
            Extent::Whole => Some(&self.whole),
            Extent::Working => self.working.as_ref(),
            Extent::Public => self.public.as_ref(),
        }
    }
}

fn text(recorded: &Recorded, ticket: Option<&Participants>) -> ByteString {
    let push = EventPush {
        seq: recorded.position,
        event: Event::from(recorded),
        actor_name: recorded.event.actor_name.clone(),
        ticket: ticket.map(TicketBrief::from),
    };
    serde_json::to_string(&push).unwrap_or_default().into()
}
