//! Numbers and positions have no gaps and follow the order of the commits.

use futures_util::future::join_all;
use helpdesk_domain::event::Subject;
use helpdesk_domain::event::port::EventRepository;
use helpdesk_domain::identity::Role;
use helpdesk_domain::identity::port::IdentityRepository;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::TagId;
use helpdesk_domain::work::{UnitOfWork, Write};
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id, somebody};
use helpdesk_tests::on_both_backends;

use crate::number;

/// Opens so many tickets at once; every third commit fails after its ticket was written.
async fn open_many(office: &Office, many: usize) -> Vec<helpdesk_domain::kernel::id::TicketId> {
    let commits = (0..many).map(|n| async move {
        let state = office.draft();
        let ticket = state.id;
        let changes = office.opening(state);
        let fails = n % 3 == 2;
        let changes = if fails { changes.with(Write::DeleteTag(TagId(id())), []) } else { changes };
        let done = office.store.commit(changes).await;
        assert_eq!(done.is_err(), fails, "{done:?}");
        (!fails).then_some(ticket)
    });
    join_all(commits).await.into_iter().flatten().collect()
}

on_both_backends! {
    async fn ticket_numbers_have_no_gaps_when_commits_run_at_once_and_some_fail(store: Store) {
        let office = Office::open(&store, "acme").await;
        let tickets = open_many(&office, 32).await;
        let numbers = join_all(tickets.iter().map(|ticket| number(&office, *ticket))).await;
        let mut numbers: Vec<i64> = numbers.into_iter().flatten().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=22).collect::<Vec<i64>>());
    }

    async fn events_have_dense_positions_when_commits_run_at_once_and_some_fail(store: Store) {
        let office = Office::open(&store, "acme").await;
        open_many(&office, 32).await;
        let log = store.after(office.organization, 0, 100).await.unwrap();
        let positions: Vec<i64> = log.iter().map(|event| event.position).collect();
        assert_eq!(positions, (1..=22).collect::<Vec<i64>>());
        assert_eq!(store.last_position(office.organization).await.unwrap(), 22);
    }

    async fn events_stand_in_the_order_of_the_ticket_numbers(store: Store) {
        let office = Office::open(&store, "acme").await;
        open_many(&office, 24).await;
        let log = store.after(office.organization, 0, 100).await.unwrap();
        for event in log {
            let Subject::Ticket(ticket) = event.event.subject else { panic!("only tickets were made") };
            assert_eq!(number(&office, ticket).await, Some(event.position));
        }
    }

    async fn nobody_sees_a_position_before_those_ahead_of_it(store: Store) {
        let office = Office::open(&store, "acme").await;
        let writing = open_many(&office, 24);
        let reading = async {
            let mut seen = 0;
            while seen < 16 {
                let log = store.after(office.organization, seen, 100).await.unwrap();
                for event in log {
                    seen += 1;
                    assert_eq!(event.position, seen);
                }
                tokio::task::yield_now().await;
            }
        };
        futures_util::future::join(writing, reading).await;
    }

    async fn each_organization_counts_for_itself(store: Store) {
        let (acme, other) = (Office::open(&store, "acme").await, Office::open(&store, "other").await);
        acme.ticket().await;
        let ticket = other.ticket().await;
        assert_eq!(number(&other, ticket.id).await, Some(1));
        assert_eq!(store.last_position(other.organization).await.unwrap(), 1);
    }

    async fn company_numbers_have_no_gaps_when_accounts_are_refused(store: Store) {
        let office = Office::open(&store, "acme").await;
        let twin = somebody(office.organization, "customer.acme", Role::Customer);
        let refused = office.commit([Write::AddUser(Box::new(twin))]).await;
        assert!(matches!(refused, Err(StoreError::Taken(_))), "{refused:?}");
        let next = office.hire("next", Role::Agent).await;
        assert_eq!(store.view(office.organization, next.id).await.unwrap().unwrap().company_number, 3);
    }
}
