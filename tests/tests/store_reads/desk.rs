//! A desk with some three hundred tickets of every sort, and how a naive reader would list them.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use helpdesk_domain::identity::{Approval, Organization, OrganizationSettings, Role, User, UserState};
use helpdesk_domain::kernel::id::{CategoryId, CommentId, DepartmentId, OrganizationId, TagId, TicketId, UserId};
use helpdesk_domain::kernel::text::{Color, CommentText, Description, Email, Label, Note, PersonName, TagName, Title, Username};
use helpdesk_domain::kernel::{Moment, PageRequest, Sight};
use helpdesk_domain::sla::Book;
use helpdesk_domain::taxonomy::{Category, Department, Tag};
use helpdesk_domain::testing::{ORGANIZATION, a_ticket_state, minutes};
use helpdesk_domain::ticket::port::{TicketReader, Viewer};
use helpdesk_domain::ticket::{
    AssigneeFilter, Comment, CommentState, Priority, Status, Ticket, TicketFilter, TicketOrder, TicketQuery, TicketSort,
    TicketState,
};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::Store;
use uuid::Uuid;

pub const CUSTOMERS: [UserId; 3] = [UserId(Uuid::from_u128(21)), UserId(Uuid::from_u128(22)), UserId(Uuid::from_u128(23))];
pub const TECHNICIANS: [UserId; 2] = [UserId(Uuid::from_u128(31)), UserId(Uuid::from_u128(32))];
pub const AGENT: UserId = UserId(Uuid::from_u128(41));
pub const CATEGORIES: [CategoryId; 3] =
    [CategoryId(Uuid::from_u128(51)), CategoryId(Uuid::from_u128(52)), CategoryId(Uuid::from_u128(53))];
pub const DEPARTMENTS: [DepartmentId; 2] = [DepartmentId(Uuid::from_u128(61)), DepartmentId(Uuid::from_u128(62))];
pub const TAGS: [TagId; 3] = [TagId(Uuid::from_u128(71)), TagId(Uuid::from_u128(72)), TagId(Uuid::from_u128(73))];
pub const ELSEWHERE: OrganizationId = OrganizationId(Uuid::from_u128(2));

pub const STAFF: Viewer = Viewer { organization: ORGANIZATION, sight: Sight::All };

pub fn customer(n: usize) -> Viewer {
    Viewer { organization: ORGANIZATION, sight: Sight::Own(CUSTOMERS[n]) }
}

pub fn technician(n: usize) -> Viewer {
    Viewer { organization: ORGANIZATION, sight: Sight::OwnAndAssigned(TECHNICIANS[n]) }
}

/// Everybody who may look.
pub fn viewers() -> Vec<Viewer> {
    vec![STAFF, customer(0), customer(1), technician(0), technician(1)]
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n).unwrap()
    }
}

/// An organization with people, categories, departments and tags, and no tickets.
pub async fn an_empty_desk(store: &Store) {
    let mut changes = Changes::of(ORGANIZATION).with(Write::AddOrganization(organization(ORGANIZATION, "acme")), []);
    for (n, id) in CUSTOMERS.into_iter().enumerate() {
        changes = changes.with(Write::AddUser(Box::new(user(ORGANIZATION, id, Role::Customer, &format!("customer{n}")))), []);
    }
    for (n, id) in TECHNICIANS.into_iter().enumerate() {
        changes = changes.with(Write::AddUser(Box::new(user(ORGANIZATION, id, Role::Technician, &format!("technician{n}")))), []);
    }
    changes = changes.with(Write::AddUser(Box::new(user(ORGANIZATION, AGENT, Role::Agent, "agent"))), []);
    for (n, id) in CATEGORIES.into_iter().enumerate() {
        changes = changes.with(Write::AddCategory(category(id, &format!("Category {n}"))), []);
    }
    for (n, id) in DEPARTMENTS.into_iter().enumerate() {
        changes = changes.with(Write::AddDepartment(department(id, &format!("Department {n}"))), []);
    }
    for (n, id) in TAGS.into_iter().enumerate() {
        changes = changes.with(Write::AddTag(tag(id, &format!("tag-{n}"))), []);
    }
    store.commit(changes).await.unwrap();
}

/// The desk with its tickets, oldest first, and a neighbour with tickets of its own.
pub async fn a_busy_desk(store: &Store) -> Vec<TicketState> {
    an_empty_desk(store).await;
    let mut dice = Dice(7);
    let tickets: Vec<TicketState> = (0..300).map(|n| a_random_ticket(n, &mut dice)).collect();
    for some in tickets.chunks(50) {
        let add = |changes: Changes, ticket: &TicketState| {
            changes.with(Write::AddTicket(Box::new(Ticket::restored(ticket.clone()))), [])
        };
        store.commit(some.iter().fold(Changes::of(ORGANIZATION), add)).await.unwrap();
    }
    a_neighbour(store).await;
    tickets
}

/// The deadline by the default policy.
pub fn due(ticket: &TicketState) -> Option<Moment> {
    let mut ticket = Ticket::restored(ticket.clone());
    ticket.judge(&Book::default());
    ticket.due()
}

/// Another organization, with a ticket that says what others say too.
pub async fn a_neighbour(store: &Store) {
    let stranger = UserId(Uuid::from_u128(91));
    let mut ticket = a_ticket_state(Status::Open);
    ticket.id = TicketId(Uuid::from_u128(92));
    ticket.organization = ELSEWHERE;
    ticket.requester = stranger;
    let changes = Changes::of(ELSEWHERE)
        .with(Write::AddOrganization(organization(ELSEWHERE, "elsewhere")), [])
        .with(Write::AddUser(Box::new(user(ELSEWHERE, stranger, Role::Customer, "stranger"))), [])
        .with(Write::AddTicket(Box::new(Ticket::restored(ticket))), []);
    store.commit(changes).await.unwrap();
}

fn a_random_ticket(n: usize, dice: &mut Dice) -> TicketState {
    let status = Status::ALL[dice.below(9)];
    // Two tickets each minute, so that there are ties.
    let created = i64::try_from(n / 2).unwrap() * 37;
    let mut ticket = a_ticket_state(status);
    ticket.id = TicketId(Uuid::from_u128(1_000_000 + n as u128));
    ticket.title = Title::trusted(format!("Ticket {n}"));
    ticket.priority = (status != Status::New).then(|| Priority::ALL[dice.below(5)]);
    ticket.category = CATEGORIES.get(dice.below(4)).copied();
    ticket.department = DEPARTMENTS.get(dice.below(3)).copied();
    ticket.requester = *[CUSTOMERS.as_slice(), &TECHNICIANS].concat().get(dice.below(5)).unwrap();
    ticket.assignee = [TECHNICIANS[0], TECHNICIANS[1], AGENT].get(dice.below(5)).copied();
    ticket.tags = TAGS.into_iter().filter(|_| dice.below(4) == 0).collect::<BTreeSet<_>>();
    ticket.due_override = (dice.below(6) == 0).then(|| minutes(created + 60));
    ticket.created_at = minutes(created);
    ticket.updated_at = minutes(created + i64::try_from(dice.below(40)).unwrap() * 100);
    ticket.resolved_at = ticket.resolved_at.map(|_| minutes(created + 90));
    ticket.closed_at = ticket.closed_at.map(|_| minutes(created + 95));
    ticket
}

pub fn organization(id: OrganizationId, slug: &str) -> Organization {
    Organization {
        id,
        slug: slug.to_owned(),
        name: slug.to_owned(),
        domain: None,
        time_zone: "UTC".to_owned(),
        settings: OrganizationSettings::default(),
        ahead: None,
        revision: 1,
    }
}

pub fn user(organization: OrganizationId, id: UserId, role: Role, name: &str) -> User {
    User::restored(UserState {
        id,
        organization,
        username: Username::trusted(name.to_owned()),
        email: Email::trusted(format!("{name}@example.com")),
        password_hash: String::new(),
        first_name: PersonName::trusted(name.to_owned()).into(),
        last_name: PersonName::trusted("Doe".to_owned()).into(),
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

fn category(id: CategoryId, name: &str) -> Category {
    Category {
        id,
        organization: ORGANIZATION,
        name: Label::trusted(name.to_owned()),
        slug: name.to_lowercase().replace(' ', "-"),
        description: Note::trusted(String::new()),
        color: Color::standard(),
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

fn department(id: DepartmentId, name: &str) -> Department {
    let name = Label::trusted(name.to_owned());
    Department { id, organization: ORGANIZATION, name, created_at: minutes(0), updated_at: minutes(0), revision: 1 }
}

fn tag(id: TagId, name: &str) -> Tag {
    Tag::named(id, ORGANIZATION, TagName::trusted(name.to_owned()), minutes(0))
}

/// A ticket that says something, asked by the first customer.
pub fn saying(n: u128, title: &str, description: &str) -> TicketState {
    let mut ticket = a_ticket_state(Status::Open);
    ticket.id = TicketId(Uuid::from_u128(1_000 + n));
    ticket.title = Title::trusted(title.to_owned());
    ticket.description = Description::trusted(description.to_owned());
    ticket.requester = CUSTOMERS[0];
    ticket.created_at = minutes(i64::try_from(n).unwrap());
    ticket
}

pub async fn open(store: &Store, ticket: &TicketState) {
    let changes = Changes::of(ORGANIZATION).with(Write::AddTicket(Box::new(Ticket::restored(ticket.clone()))), []);
    store.commit(changes).await.unwrap();
}

pub fn a_comment(n: u128, ticket: TicketId, author: UserId, content: &str, is_internal: bool) -> CommentState {
    CommentState {
        id: CommentId(Uuid::from_u128(2_000_000 + n)),
        ticket,
        author,
        content: CommentText::trusted(content.to_owned()),
        is_internal,
        mentions: Vec::new(),
        created_at: minutes(i64::try_from(n).unwrap()),
        updated_at: minutes(i64::try_from(n).unwrap()),
        revision: 1,
    }
}

pub async fn say(store: &Store, comment: CommentState) {
    let changes = Changes::of(ORGANIZATION).with(Write::AddComment(Comment::restored(comment)), []);
    store.commit(changes).await.unwrap();
}

/// Whether a naive reader would list the ticket.
pub fn is_listed(ticket: &TicketState, viewer: Viewer, filter: &TicketFilter) -> bool {
    let due = |user| ticket.requester == user || ticket.assignee == Some(user);
    viewer.sight.covers(ticket.requester, ticket.assignee)
        && filter.statuses.as_ref().is_none_or(|all| all.contains(&ticket.status))
        && filter.priorities.as_ref().is_none_or(|all| all.contains(&ticket.priority))
        && filter.category.is_none_or(|category| ticket.category == Some(category))
        && filter.department.is_none_or(|department| ticket.department == Some(department))
        && filter.assignee.is_none_or(|assignee| match assignee {
            AssigneeFilter::User(user) => ticket.assignee == Some(user),
            AssigneeFilter::Nobody => ticket.assignee.is_none(),
        })
        && filter.requester.is_none_or(|requester| ticket.requester == requester)
        && filter.involving.is_none_or(due)
        && (filter.tags.is_empty() || filter.tags.iter().any(|tag| ticket.tags.contains(tag)))
        && filter.created_after.is_none_or(|from| ticket.created_at >= from)
        && filter.created_before.is_none_or(|before| ticket.created_at < before)
}

/// The ids that a naive reader would list, in order.
pub fn recount(tickets: &[TicketState], viewer: Viewer, query: &TicketQuery) -> Vec<TicketId> {
    let mut listed: Vec<(usize, &TicketState)> =
        tickets.iter().enumerate().filter(|(_, ticket)| is_listed(ticket, viewer, &query.filter)).collect();
    listed.sort_by(|one, other| compare(*one, *other, &query.order));
    listed.into_iter().map(|(_, ticket)| ticket.id).collect()
}

fn compare(one: (usize, &TicketState), other: (usize, &TicketState), order: &[TicketOrder]) -> Ordering {
    for level in order {
        let ordering = by(level.by, one.1, other.1);
        let ordering = if level.descending { ordering.reverse() } else { ordering };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    if order.is_empty() { other.1.created_at.cmp(&one.1.created_at).then(other.0.cmp(&one.0)) } else { other.0.cmp(&one.0) }
}

fn by(sort: TicketSort, one: &TicketState, other: &TicketState) -> Ordering {
    let due = |ticket: &TicketState| due(ticket).map_or(i64::MAX, |due| due.timestamp_micros());
    match sort {
        TicketSort::CreatedAt => one.created_at.cmp(&other.created_at),
        TicketSort::UpdatedAt => one.updated_at.cmp(&other.updated_at),
        TicketSort::Priority => one.priority.cmp(&other.priority),
        TicketSort::DueDate => due(one).cmp(&due(other)),
        TicketSort::Status => one.status.cmp(&other.status),
        TicketSort::Relevance => Ordering::Equal,
    }
}

/// All of a list, by numbered pages; every page tells the same count, which is the length.
pub async fn listed(store: &Store, viewer: Viewer, query: &TicketQuery) -> Vec<TicketId> {
    let mut ids = Vec::new();
    let mut number = 1;
    loop {
        let page = store.page(viewer, query, &PageRequest::number(number, 70)).await.unwrap();
        let total = page.total.unwrap();
        assert_eq!(page.next, None);
        if page.items.is_empty() {
            assert_eq!(total, ids.len() as u64, "{query:?} {viewer:?}");
            return ids;
        }
        ids.extend(page.items.iter().map(|row| row.id));
        number += 1;
    }
}
