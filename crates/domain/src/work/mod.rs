//! The unit of work: everything that a use case changes, as one value, written at once or not at all.

mod write;

use async_trait::async_trait;
use uuid::Uuid;

pub use write::Write;

use crate::event::Event;
use crate::kernel::actor::{Actor, IdempotencyClaim};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, UserId};

/// What a request made or changed, so that its answer can be given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// `ticket`, `comment`, `category`, `tag`, `department`, `faq`, `file`, `user`, `organization`, `organization_clock`, `api_key`,
    /// `article`, `article_category`, `template`, `filter`, `notification`, `notifications` (those of a person), `customer`, `location`, `work_order`,
    /// `work_order_task`, `work_order_material`, `sla_calendar`, `sla_policy`, `rule`, `macro`, `route` or `agent`.
    pub kind: &'static str,
    /// The thing.
    pub id: Uuid,
    /// What it belongs to: the ticket of a comment, the work order of a task or material.
    pub parent: Option<Uuid>,
    /// Whether the request made it.
    pub created: bool,
}

/// The idempotency key that a commit spends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpentKey {
    /// Whose key.
    pub user: UserId,
    /// The key.
    pub claim: IdempotencyClaim,
    /// What it bought.
    pub outcome: Option<Outcome>,
}

/// Everything that one use case changes, with the events that explain it.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The organization that all of it belongs to.
    pub organization: OrganizationId,
    /// What to write, in this order.
    pub writes: Vec<Write>,
    /// What happened.
    pub events: Vec<Event>,
    /// The idempotency key to spend; [`StoreError::KeySpent`] when it has been.
    pub key: Option<SpentKey>,
}

impl Changes {
    /// Nothing yet, by somebody; spends the idempotency key of their request.
    pub fn by(actor: &Actor) -> Self {
        let key = actor.claim.clone().map(|claim| SpentKey { user: actor.user, claim, outcome: None });
        Self { organization: actor.organization, writes: Vec::new(), events: Vec::new(), key }
    }

    /// Nothing yet, by nobody who is logged in.
    pub fn of(organization: OrganizationId) -> Self {
        Self { organization, writes: Vec::new(), events: Vec::new(), key: None }
    }

    /// One more thing to write, and what it means to the world.
    #[must_use]
    pub fn with(mut self, write: Write, events: impl IntoIterator<Item = Event>) -> Self {
        self.writes.push(write);
        self.events.extend(events);
        self
    }

    /// What the request's answer will show.
    #[must_use]
    pub fn showing(mut self, outcome: Outcome) -> Self {
        if let Some(key) = &mut self.key {
            key.outcome = Some(outcome);
        }
        self
    }
}

/// Spends the idempotency key of a request that changes nothing. One that was spent before bought nothing that cannot be
/// answered again.
pub async fn spend_key(work: &dyn UnitOfWork, actor: &Actor) -> Result<(), StoreError> {
    if actor.claim.is_none() {
        return Ok(());
    }
    match work.commit(Changes::by(actor)).await {
        Err(StoreError::KeySpent) => Ok(()),
        done => done,
    }
}

/// Writes. What it acknowledges is durable.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait UnitOfWork: Send + Sync {
    /// Writes all of it in one transaction, or nothing. MUST number tickets, accounts and work orders without gaps, MUST give
    /// events their positions in the order of the commits, MUST keep history, counters and search index in step, and
    /// judge every ticket that it writes by what its organization promises ([`crate::ticket::Ticket::judge`]).
    async fn commit(&self, changes: Changes) -> Result<(), StoreError>;
}
