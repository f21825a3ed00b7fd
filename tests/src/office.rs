//! An organization with people and tickets, to test with.

use std::collections::BTreeSet;
use std::sync::Arc;

use helpdesk_domain::event::Event;
use helpdesk_domain::identity::{Approval, Organization, OrganizationSettings, Role, Session, User, UserState};
use helpdesk_domain::kernel::id::{CommentId, OrganizationId, SessionId, TicketId, UserId};
use helpdesk_domain::kernel::text::{CommentText, Email, Username};
use helpdesk_domain::kernel::{Actor, Clock, Ids, StoreError};
use helpdesk_domain::testing::{FixedClock, a_ticket_state, minutes, workflows};
use helpdesk_domain::ticket::{Comment, CommentState, Status, Ticket, TicketState, Tickets};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use uuid::Uuid;

/// An organization in a store.
#[derive(Clone)]
pub struct Office {
    /// Where it is kept.
    pub store: Store,
    /// The organization.
    pub organization: OrganizationId,
    /// Somebody who asks.
    pub customer: User,
    /// Somebody who answers.
    pub agent: User,
}

impl Office {
    /// An organization of that slug with a customer and an agent.
    pub async fn open(store: &Store, slug: &str) -> Self {
        let organization = OrganizationId(id());
        let new = Organization {
            id: organization,
            slug: slug.to_owned(),
            name: slug.to_owned(),
            domain: None,
            time_zone: "UTC".to_owned(),
            settings: OrganizationSettings::default(),
            ahead: None,
            revision: 1,
        };
        let customer = somebody(organization, &format!("customer.{slug}"), Role::Customer);
        let agent = somebody(organization, &format!("agent.{slug}"), Role::Agent);
        let changes = Changes::of(organization)
            .with(Write::AddOrganization(new), [])
            .with(Write::AddUser(Box::new(customer.clone())), [])
            .with(Write::AddUser(Box::new(agent.clone())), []);
        store.commit(changes).await.expect("an office opens");
        Self { store: store.clone(), organization, customer, agent }
    }

    /// One more person, in the store.
    pub async fn hire(&self, name: &str, role: Role) -> User {
        let user = somebody(self.organization, name, role);
        self.commit([Write::AddUser(Box::new(user.clone()))]).await.expect("somebody is hired");
        user
    }

    /// Writes, without events.
    pub async fn commit(&self, writes: impl IntoIterator<Item = Write>) -> Result<(), StoreError> {
        let changes = writes.into_iter().fold(Changes::of(self.organization), |changes, write| changes.with(write, []));
        self.store.commit(changes).await
    }

    /// What a new ticket of the customer is made of; not in the store yet.
    pub fn draft(&self) -> TicketState {
        TicketState {
            id: TicketId(id()),
            organization: self.organization,
            requester: self.customer.id,
            ..a_ticket_state(Status::Open)
        }
    }

    /// What opening that ticket changes.
    pub fn opening(&self, state: TicketState) -> Changes {
        let (ticket, created) = Ticket::open(state);
        let event = Event::of_ticket(ticket.id, &self.customer.as_actor(), minutes(0), created);
        Changes::of(self.organization).with(Write::AddTicket(Box::new(ticket)), [event])
    }

    /// A new open ticket of the customer, in the store.
    pub async fn ticket(&self) -> TicketState {
        let state = self.draft();
        self.store.commit(self.opening(state.clone())).await.expect("a ticket opens");
        state
    }

    /// Something that the agent says on a ticket; not in the store yet.
    pub fn words(&self, ticket: TicketId, content: &str, is_internal: bool) -> Comment {
        Comment::restored(CommentState {
            id: CommentId(id()),
            ticket,
            author: self.agent.id,
            content: CommentText::trusted(content.to_owned()),
            is_internal,
            mentions: Vec::new(),
            created_at: minutes(0),
            updated_at: minutes(0),
            revision: 1,
        })
    }

    /// A login of somebody, in the store.
    pub async fn login(&self, user: &User) -> Session {
        let session = Session {
            id: SessionId(id()),
            user: user.id,
            audience: "platform".to_owned(),
            refresh_id: id(),
            days: 7,
            created_at: minutes(0),
            expires_at: minutes(7 * 24 * 60),
            revoked_at: None,
        };
        self.commit([Write::AddSession(session.clone())]).await.expect("a login opens");
        session
    }

    /// The agent, acting.
    pub fn acting_agent(&self) -> Actor {
        self.agent.as_actor()
    }

    /// The use cases of tickets, over the store.
    pub fn desk(&self) -> Tickets {
        let store = Arc::new(self.store.clone());
        let (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>) = (Arc::new(FixedClock::default()), Arc::new(RandomIds));
        Tickets {
            tickets: store.clone(),
            reader: store.clone(),
            taxonomy: store.clone(),
            people: store.clone(),
            organizations: store.clone(),
            workflows: workflows(),
            addresses: helpdesk::wire::addresses(&"a key for tests that is long enough".into(), ""),
            work: store,
            clock,
            ids,
        }
    }
}

/// Somebody who may log in; not in the store yet.
pub fn somebody(organization: OrganizationId, name: &str, role: Role) -> User {
    User::restored(UserState {
        id: UserId(id()),
        organization,
        username: Username::trusted(name.to_owned()),
        email: Email::trusted(format!("{name}@example.com")),
        password_hash: "$2b$04$none".to_owned(),
        first_name: name.to_owned(),
        last_name: "Test".to_owned(),
        middle_name: String::new(),
        suffix: String::new(),
        role,
        approval: Approval::Approved,
        is_active: true,
        department: None,
        image: None,
        created_at: minutes(0),
        updated_at: minutes(0),
        last_active_at: None,
        deleted_at: None,
        revision: 1,
    })
}

/// A ticket with nothing but its labels changed.
pub fn labelled(state: &TicketState, tags: impl IntoIterator<Item = helpdesk_domain::kernel::id::TagId>) -> TicketState {
    TicketState { tags: tags.into_iter().collect::<BTreeSet<_>>(), ..state.clone() }
}

/// Ids that no other test, and no store, gives.
#[derive(Debug)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn next(&self) -> Uuid {
        id()
    }
}

/// An id that nobody has.
pub fn id() -> Uuid {
    Uuid::from_u64_pair(crate::fresh(), crate::fresh())
}
