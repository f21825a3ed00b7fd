use std::sync::Arc;

use uuid::Uuid;

use super::Watch;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, TicketId};
use crate::sandbox::Due;
use crate::sla::Book;
use crate::sla::port::{MockClockQueue, MockSlaRepository};
use crate::testing::{FixedClock, ORGANIZATION, a_ticket, minutes};
use crate::ticket::Status;
use crate::ticket::port::MockTicketRepository;
use crate::work::MockUnitOfWork;

fn damaged() -> TicketId {
    TicketId(Uuid::from_u128(666))
}

fn bug() -> StoreError {
    StoreError::Bug("a ticket that nobody can read".into())
}

/// Everything with the damaged ticket before a good one; `wrong` is said of the damaged one, `commits` tickets are written.
fn watch(wrong: fn() -> StoreError, commits: usize) -> Watch {
    let wanted = || Ok::<Vec<(OrganizationId, TicketId)>, _>(vec![(ORGANIZATION, damaged()), (ORGANIZATION, good())]);
    let mut queue = MockClockQueue::new();
    queue.expect_ringing().returning(move |_, _| wanted());
    queue.expect_outdated().returning(move |_| wanted());
    queue.expect_outdated_in().returning(|_, _| Ok(vec![good()]));
    queue.expect_alarms_at().returning(|_, _, _| Ok(vec![good()]));
    let mut tickets = MockTicketRepository::new();
    tickets
        .expect_find()
        .returning(move |_, ticket| if *ticket == damaged().into() { Err(wrong()) } else { Ok(Some(a_ticket(Status::Open))) });
    let mut levels = MockSlaRepository::new();
    levels.expect_book().returning(|_| Ok(Arc::new(Book::default())));
    let mut work = MockUnitOfWork::new();
    work.expect_commit().times(commits).returning(|_| Ok(()));
    Watch {
        queue: Arc::new(queue),
        tickets: Arc::new(tickets),
        levels: Arc::new(levels),
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
    }
}

fn good() -> TicketId {
    a_ticket(Status::Open).id
}

#[tokio::test]
async fn a_damaged_ticket_silences_no_alarm_of_another_and_is_told() {
    assert!(matches!(watch(bug, 1).ring().await, Err(StoreError::Bug(_))));
}

#[tokio::test]
async fn a_damaged_ticket_keeps_no_other_from_being_judged_and_is_told() {
    assert!(matches!(watch(bug, 1).judge().await, Err(StoreError::Bug(_))));
}

#[tokio::test]
async fn a_race_that_is_lost_comes_again() {
    let watch = watch(|| StoreError::Stale, 2);
    assert!(matches!((watch.ring().await, watch.judge().await), (Ok(true), Ok(true))));
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_asked_no_more_in_this_round() {
    let watch = watch(|| StoreError::Unavailable("gone".into()), 0);
    assert!(matches!(watch.ring().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(watch.judge().await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn who_has_waited_long_enough_for_a_sandbox_is_answered_after_a_ticket() {
    let watch = watch(bug, 2);
    assert!(!watch.begin(ORGANIZATION, &|| true).await.unwrap());
    assert!(!watch.happen(ORGANIZATION, minutes(5), &|| true).await.unwrap());
    assert!(!watch.has_begun(ORGANIZATION).await.unwrap());
}
