//! Lists: filters, orders, pages, cursors, and who sees what.

use std::collections::BTreeSet;

use helpdesk_domain::kernel::id::{OrganizationId, TagId, TicketId};
use helpdesk_domain::kernel::{PageRequest, Paging, Sight, StoreError};
use helpdesk_domain::testing::{ORGANIZATION, minutes};
use helpdesk_domain::ticket::port::{TicketReader, Viewer};
use helpdesk_domain::ticket::{AssigneeFilter, Priority, Status, TicketFilter, TicketOrder, TicketQuery, TicketSort};
use helpdesk_persistence::Store;
use helpdesk_tests::on_both_backends;
use uuid::Uuid;

use super::desk::{
    AGENT, CATEGORIES, CUSTOMERS, DEPARTMENTS, ELSEWHERE, STAFF, TAGS, TECHNICIANS, a_busy_desk, an_empty_desk, customer, listed,
    open, recount, saying, technician, viewers,
};

/// Each filter alone, and some together.
fn filters() -> Vec<TicketFilter> {
    let any = TicketFilter::default();
    let none = || any.clone();
    let statuses = |all: &[Status]| TicketFilter { statuses: Some(all.to_vec()), ..TicketFilter::default() };
    let priorities = |all: &[Option<Priority>]| TicketFilter { priorities: Some(all.to_vec()), ..TicketFilter::default() };
    let day = 24 * 60;
    vec![
        none(),
        statuses(&[Status::Open]),
        statuses(&[Status::New, Status::Open]),
        statuses(&[Status::Closed, Status::Rejected, Status::Withdrawn]),
        statuses(&Status::ALL),
        statuses(&[]),
        priorities(&[Some(Priority::High)]),
        priorities(&[None, Some(Priority::Medium)]),
        priorities(&[Some(Priority::Urgent), Some(Priority::Critical)]),
        TicketFilter { category: Some(CATEGORIES[0]), ..none() },
        TicketFilter { department: Some(DEPARTMENTS[1]), ..none() },
        TicketFilter { assignee: Some(AssigneeFilter::User(AGENT)), ..none() },
        TicketFilter { assignee: Some(AssigneeFilter::Nobody), ..none() },
        TicketFilter { requester: Some(CUSTOMERS[1]), ..none() },
        TicketFilter { involving: Some(TECHNICIANS[0]), ..none() },
        TicketFilter { tags: vec![TAGS[0]], ..none() },
        TicketFilter { tags: TAGS.to_vec(), ..none() },
        TicketFilter { tags: vec![TagId(Uuid::from_u128(9))], ..none() },
        TicketFilter { created_after: Some(minutes(1000)), ..none() },
        TicketFilter { created_before: Some(minutes(3000)), ..none() },
        TicketFilter { created_after: Some(minutes(1000)), created_before: Some(minutes(1100)), ..none() },
        TicketFilter { created_after: Some(minutes(700)), created_before: Some(minutes(3 * day)), ..none() },
        TicketFilter { created_after: Some(minutes(3000)), created_before: Some(minutes(1000)), ..none() },
        TicketFilter { created_after: Some(minutes(day)), category: Some(CATEGORIES[1]), ..none() },
        TicketFilter { category: Some(CATEGORIES[1]), ..statuses(&[Status::Open, Status::Pending]) },
        TicketFilter { priorities: Some(vec![Some(Priority::Low), Some(Priority::High)]), ..statuses(&Status::ALL[1..5]) },
        TicketFilter { tags: vec![TAGS[1]], ..statuses(&[Status::Open, Status::InProgress]) },
        TicketFilter { tags: vec![TAGS[1], TAGS[2]], department: Some(DEPARTMENTS[0]), ..none() },
        TicketFilter { involving: Some(TECHNICIANS[1]), ..statuses(&[Status::Open, Status::Resolved]) },
        TicketFilter { requester: Some(CUSTOMERS[0]), assignee: Some(AssigneeFilter::User(TECHNICIANS[0])), ..none() },
        TicketFilter {
            category: Some(CATEGORIES[2]),
            department: Some(DEPARTMENTS[0]),
            tags: vec![TAGS[0]],
            created_before: Some(minutes(5000)),
            ..statuses(&[Status::Open, Status::InProgress, Status::Closed])
        },
    ]
}

fn by(by: TicketSort, descending: bool) -> TicketOrder {
    TicketOrder { by, descending }
}

/// Each order both ways, and several levels.
fn orders() -> Vec<Vec<TicketOrder>> {
    let sorts = [TicketSort::CreatedAt, TicketSort::UpdatedAt, TicketSort::Priority, TicketSort::DueDate, TicketSort::Status];
    let mut orders: Vec<Vec<TicketOrder>> = vec![Vec::new()];
    for sort in sorts {
        orders.extend([vec![by(sort, false)], vec![by(sort, true)]]);
    }
    orders.extend([
        vec![by(TicketSort::CreatedAt, true), by(TicketSort::Priority, false)],
        vec![by(TicketSort::Priority, true), by(TicketSort::CreatedAt, false)],
        vec![by(TicketSort::Priority, true), by(TicketSort::UpdatedAt, true)],
        vec![by(TicketSort::Status, false), by(TicketSort::Priority, true), by(TicketSort::DueDate, false)],
    ]);
    orders
}

async fn walked(store: &Store, viewer: Viewer, query: &TicketQuery) -> Vec<TicketId> {
    let mut ids = Vec::new();
    let mut paging = Paging::Start;
    loop {
        let page = store.page(viewer, query, &PageRequest { paging, size: 41 }).await.unwrap();
        assert_eq!(page.total, None);
        ids.extend(page.items.iter().map(|row| row.id));
        match page.next {
            Some(next) => paging = Paging::After(next),
            None => return ids,
        }
    }
}

on_both_backends! {
    async fn every_filter_lists_and_counts_what_a_recount_finds(store: Store) {
        let tickets = a_busy_desk(&store).await;
        for filter in filters() {
            let query = TicketQuery { filter, order: Vec::new() };
            assert_eq!(listed(&store, STAFF, &query).await, recount(&tickets, STAFF, &query), "{query:?}");
        }
    }

    async fn every_order_is_that_of_a_recount(store: Store) {
        let tickets = a_busy_desk(&store).await;
        let filters = filters();
        for order in orders() {
            for filter in [&filters[0], &filters[2], &filters[9], &filters[15], &filters[18], &filters[25]] {
                let query = TicketQuery { filter: filter.clone(), order: order.clone() };
                assert_eq!(listed(&store, STAFF, &query).await, recount(&tickets, STAFF, &query), "{query:?}");
            }
        }
    }

    async fn a_walk_by_cursor_meets_every_ticket_once_in_every_order(store: Store) {
        let tickets = a_busy_desk(&store).await;
        let filters = filters();
        for order in orders() {
            for filter in [&filters[0], &filters[2], &filters[16], &filters[24]] {
                let query = TicketQuery { filter: filter.clone(), order: order.clone() };
                assert_eq!(walked(&store, STAFF, &query).await, recount(&tickets, STAFF, &query), "{query:?}");
            }
        }
    }

    async fn everybody_sees_their_own_part_of_every_list(store: Store) {
        let tickets = a_busy_desk(&store).await;
        for viewer in viewers() {
            for filter in filters() {
                let query = TicketQuery { filter, order: Vec::new() };
                assert_eq!(listed(&store, viewer, &query).await, recount(&tickets, viewer, &query), "{viewer:?} {query:?}");
            }
        }
    }

    async fn technicians_walk_what_is_theirs_in_every_order(store: Store) {
        let tickets = a_busy_desk(&store).await;
        for order in orders() {
            for viewer in [technician(0), customer(0)] {
                let query = TicketQuery { filter: TicketFilter::default(), order: order.clone() };
                assert_eq!(walked(&store, viewer, &query).await, recount(&tickets, viewer, &query), "{viewer:?} {query:?}");
            }
        }
    }

    async fn a_list_never_crosses_into_another_organization(store: Store) {
        let tickets = a_busy_desk(&store).await;
        let mine: BTreeSet<_> = tickets.iter().map(|ticket| ticket.id).collect();
        let all = TicketQuery::default();
        assert!(listed(&store, STAFF, &all).await.iter().all(|id| mine.contains(id)));
        let neighbour = Viewer { organization: ELSEWHERE, sight: Sight::All };
        assert_eq!(listed(&store, neighbour, &all).await.len(), 1);
        let foreign = TicketQuery { filter: TicketFilter { tags: vec![TAGS[0]], ..TicketFilter::default() }, order: Vec::new() };
        assert!(listed(&store, neighbour, &foreign).await.is_empty());
    }

    async fn a_page_far_past_the_end_is_empty_and_still_counted(store: Store) {
        a_busy_desk(&store).await;
        let page = store.page(STAFF, &TicketQuery::default(), &PageRequest::number(u64::MAX, 100)).await.unwrap();
        assert!(page.items.is_empty());
        assert_eq!(page.total, Some(300));
    }

    async fn a_cursor_of_no_place_in_the_list_is_refused(store: Store) {
        a_busy_desk(&store).await;
        let by_age = TicketQuery::default();
        let by_change = TicketQuery { order: vec![by(TicketSort::UpdatedAt, true)], ..TicketQuery::default() };
        let walk = |paging| PageRequest { paging, size: 5 };
        let of_another_order = store.page(STAFF, &by_change, &walk(Paging::Start)).await.unwrap().next.unwrap();
        for cursor in ["", "x", "CN.1", "CN.a.b", "CN.1.2.3", "r.7", "\u{1F980}.", &of_another_order] {
            let refused = store.page(STAFF, &by_age, &walk(Paging::After(cursor.to_owned()))).await.unwrap_err();
            assert!(matches!(refused, StoreError::Invalid(_)), "{cursor}: {refused}");
        }
    }

    async fn a_row_is_shown_with_what_it_refers_to(store: Store) {
        let tickets = a_busy_desk(&store).await;
        let page = store.page(STAFF, &TicketQuery::default(), &PageRequest::number(1, 100)).await.unwrap();
        for row in page.items {
            let ticket = tickets.iter().find(|ticket| ticket.id == row.id).unwrap();
            assert_eq!(row.status, ticket.status);
            assert_eq!(row.priority, ticket.priority);
            assert_eq!(row.requester.id, ticket.requester);
            assert_eq!(row.assignee.map(|person| person.id), ticket.assignee);
            assert_eq!(row.category.map(|category| category.id), ticket.category);
            assert_eq!(row.department.map(|department| department.id), ticket.department);
            assert_eq!(row.tags.iter().map(|tag| tag.id).collect::<Vec<_>>(), ticket.tags.iter().copied().collect::<Vec<_>>());
            assert_eq!((row.created_at, row.updated_at), (ticket.created_at, ticket.updated_at));
            assert_eq!(row.resolved_at, ticket.resolved_at);
            assert_eq!(row.snippet, None);
        }
    }

    async fn the_notes_of_staff_are_for_staff(store: Store) {
        an_empty_desk(&store).await;
        let mut ticket = saying(1, "Noted", "noted");
        ticket.admin_notes = Some("secret".to_owned());
        ticket.assignee = Some(TECHNICIANS[0]);
        open(&store, &ticket).await;
        for viewer in [STAFF, customer(0), technician(0)] {
            let page = store.page(viewer, &TicketQuery::default(), &PageRequest::number(1, 10)).await.unwrap();
            let view = store.view(viewer, &ticket.id.into()).await.unwrap().unwrap();
            assert_eq!(page.items[0].admin_notes.is_some(), viewer == STAFF);
            assert_eq!(view.row.admin_notes.is_some(), viewer == STAFF);
        }
    }

    async fn in_an_organization_that_does_not_exist_there_is_nothing(store: Store) {
        a_busy_desk(&store).await;
        let nowhere = Viewer { organization: OrganizationId(Uuid::from_u128(77)), sight: Sight::All };
        assert!(listed(&store, nowhere, &TicketQuery::default()).await.is_empty());
        assert_ne!(nowhere.organization, ORGANIZATION);
    }
}
