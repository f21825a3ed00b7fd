//! For tests, here and wherever this crate is linked: people, tickets, a clock that stands, ids that count.

mod desk;

pub use desk::{Committed, a_desk, a_row, account_of, another_organization, workflows};

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use serde_json::Map;
use uuid::Uuid;

use crate::identity::Role;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::id::{OrganizationId, TicketId, UserId};
use crate::kernel::text::{Description, Title};
use crate::sla::Pauses;
use crate::ticket::{Judged, Priority, Status, Ticket, TicketState};

/// Everything in tests happens in this organization, unless it says otherwise.
pub const ORGANIZATION: OrganizationId = OrganizationId(Uuid::from_u128(1));

/// A clock that shows what it is told: so many minutes after the epoch.
#[derive(Debug, Default)]
pub struct FixedClock(pub AtomicU64);

impl FixedClock {
    /// Shows another time from now on.
    pub fn set(&self, minutes: u64) {
        self.0.store(minutes, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        minutes(i64::try_from(self.0.load(Ordering::SeqCst)).unwrap_or(i64::MAX))
    }
}

/// So many minutes after the epoch.
pub fn minutes(minutes: i64) -> Moment {
    Moment::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

/// Ids that count from 1001.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl Ids for SequentialIds {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(1001 + self.0.fetch_add(1, Ordering::SeqCst)))
    }
}

/// Somebody of that role; the same number is the same person.
pub fn somebody(number: u128, role: Role) -> Actor {
    Actor {
        user: UserId(Uuid::from_u128(number)),
        organization: ORGANIZATION,
        role,
        name: format!("{} {number}", role.word()),
        session: None,
        claim: None,
    }
}

/// Customer 11.
pub fn a_customer() -> Actor {
    somebody(11, Role::Customer)
}

/// Agent 12.
pub fn an_agent() -> Actor {
    somebody(12, Role::Agent)
}

/// Admin 13.
pub fn an_admin() -> Actor {
    somebody(13, Role::Admin)
}

/// Technician 14.
pub fn a_technician() -> Actor {
    somebody(14, Role::Technician)
}

/// What a ticket of [`a_customer`] in that state is made of.
pub fn a_ticket_state(status: Status) -> TicketState {
    let start = Moment::UNIX_EPOCH;
    TicketState {
        id: TicketId(Uuid::from_u128(100)),
        organization: ORGANIZATION,
        title: Title::trusted("Printer on fire".to_owned()),
        description: Description::trusted("It burns.".to_owned()),
        status,
        priority: (status != Status::New).then_some(Priority::Medium),
        category: None,
        sub_category: None,
        department: None,
        requester: a_customer().user,
        assignee: None,
        contact_email: None,
        admin_notes: None,
        tags: BTreeSet::new(),
        custom_fields: Map::new(),
        due_override: None,
        scheduled_date: None,
        resolution: None,
        rejection_reason: None,
        created_at: start,
        updated_at: start,
        first_response_at: None,
        resolved_at: matches!(status, Status::Resolved | Status::Closed).then_some(start),
        closed_at: (status == Status::Closed || status.is_final()).then_some(start),
        finalized_at: None,
        asked_at: None,
        answered_at: None,
        pauses: Pauses::default(),
        merged_into: None,
        judged: Judged::default(),
        revision: 1,
    }
}

/// A ticket of [`a_customer`] in that state.
pub fn a_ticket(status: Status) -> Ticket {
    Ticket::restored(a_ticket_state(status))
}
