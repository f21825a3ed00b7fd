//! The use cases of tickets over mocked ports, one ticket in the store.

use std::sync::{Arc, Mutex};

use super::{FixedClock, ORGANIZATION, SequentialIds};
use crate::attachment::port::MockAddresses;
use crate::delivery::Destination;
use crate::identity::port::{MockIdentityRepository, MockOrganizationRepository};
use crate::identity::{Approval, Organization, OrganizationSettings, Role, User, UserState};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::text::{Email, Username};
use crate::taxonomy::port::MockTaxonomyRepository;
use crate::ticket::port::{MockTicketReader, MockTicketRepository};
use crate::ticket::{Employment, Ticket, TicketRow, TicketView, Tickets, UserBrief};
use crate::work::{Changes, MockUnitOfWork};
use crate::workflow::Workflows;

/// What has been committed, in order.
pub type Committed = Arc<Mutex<Vec<Changes>>>;

/// The account of somebody, as it would be stored.
pub fn account_of(actor: &Actor) -> User {
    User::restored(UserState {
        id: actor.user,
        organization: actor.organization,
        username: Username::trusted(actor.name.clone()),
        email: Email::trusted(format!("{}@example.com", actor.user)),
        password_hash: String::new(),
        first_name: actor.name.clone(),
        last_name: String::new(),
        middle_name: String::new(),
        suffix: String::new(),
        role: actor.role,
        approval: Approval::Approved,
        is_active: true,
        department: None,
        image: None,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        last_active_at: None,
        deleted_at: None,
        revision: 1,
    })
}

/// The use cases over a store that has this one ticket and these people; and what they commit.
pub fn a_desk(ticket: &Ticket, people: &[Actor]) -> (Tickets, Arc<FixedClock>, Committed) {
    let committed = Committed::default();
    let clock = Arc::new(FixedClock::default());
    let tickets = Tickets {
        tickets: Arc::new(repository(ticket)),
        reader: Arc::new(reader(ticket)),
        taxonomy: Arc::new(MockTaxonomyRepository::new()),
        people: Arc::new(accounts(people)),
        organizations: Arc::new(organizations()),
        workflows: Workflows::default(),
        addresses: Arc::new(MockAddresses::new()),
        work: Arc::new(work(&committed)),
        clock: clock.clone(),
        ids: Arc::new(SequentialIds::default()),
    };
    (tickets, clock, committed)
}

fn repository(ticket: &Ticket) -> MockTicketRepository {
    let mut repository = MockTicketRepository::new();
    let stored = ticket.clone();
    repository.expect_find().returning(move |viewer, _| {
        let seen = viewer.organization == stored.organization && viewer.sight.covers(stored.requester, stored.assignee);
        Ok(seen.then(|| stored.clone()))
    });
    repository
}

fn reader(ticket: &Ticket) -> MockTicketReader {
    let mut reader = MockTicketReader::new();
    let view = TicketView { row: a_row(ticket), comments: Vec::new(), attachments: Vec::new() };
    reader.expect_view().returning(move |_, _| Ok(Some(view.clone())));
    reader
}

fn accounts(people: &[Actor]) -> MockIdentityRepository {
    let mut accounts = MockIdentityRepository::new();
    let people = people.to_vec();
    accounts.expect_find().returning(move |organization, reference| {
        let known = people.iter().find(|actor| actor.organization == organization && reference == &actor.user.into());
        Ok(known.map(account_of))
    });
    accounts
}

fn organizations() -> MockOrganizationRepository {
    let mut organizations = MockOrganizationRepository::new();
    organizations.expect_get().returning(|id| {
        Ok(Some(Organization {
            id,
            slug: "acme-corp".to_owned(),
            name: "ACME Corporation".to_owned(),
            domain: None,
            time_zone: "UTC".to_owned(),
            settings: OrganizationSettings::default(),
            ahead: None,
            revision: 1,
        }))
    });
    organizations
}

/// A place where finished tickets go.
pub fn workflows() -> Workflows {
    let destination = Destination { url: "https://workflow.example.com/".to_owned(), secret: None, is_trusted: true };
    Workflows { chosen: Some(("acme-corp".to_owned(), destination)) }
}

fn work(committed: &Committed) -> MockUnitOfWork {
    let mut work = MockUnitOfWork::new();
    let committed = committed.clone();
    work.expect_commit().returning(move |changes| {
        if let Ok(mut all) = committed.lock() {
            all.push(changes);
        }
        Ok(())
    });
    work
}

/// The ticket as a reader would show it, without names.
pub fn a_row(ticket: &Ticket) -> TicketRow {
    let requester = UserBrief {
        id: ticket.requester,
        serial: 1,
        username: "customer".to_owned(),
        email: "customer@example.com".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        role: Role::Customer,
    };
    TicketRow {
        id: ticket.id,
        serial: 1,
        number: 1,
        title: ticket.title.to_string(),
        description: ticket.description.to_string(),
        status: ticket.status,
        priority: ticket.priority,
        category: None,
        sub_category: None,
        department: None,
        requester,
        employment: Employment::default(),
        assignee: None,
        contact_email: None,
        admin_notes: None,
        tags: Vec::new(),
        custom_fields: ticket.custom_fields.clone(),
        due_override: ticket.due_override,
        scheduled_date: ticket.scheduled_date,
        resolution: ticket.resolution.clone(),
        rejection_reason: ticket.rejection_reason.clone(),
        comment_count: 0,
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
        first_response_at: ticket.first_response_at,
        resolved_at: ticket.resolved_at,
        closed_at: ticket.closed_at,
        pauses: ticket.pauses.clone(),
        deadline: ticket.judged.resolution,
        snippet: None,
        revision: ticket.revision,
    }
}

/// An organization that is not [`ORGANIZATION`].
pub fn another_organization() -> crate::kernel::id::OrganizationId {
    let mut id = ORGANIZATION;
    id.0 = uuid::Uuid::from_u128(2);
    id
}
